import { NO_TALLY } from './tally.ts';
import type { Task } from './task.ts';

/** A task of which only this is known or matters; everything else of it is unknown or empty. */
export function standInTask(known: Partial<Task> & Pick<Task, 'operationId'>): Task {
  return {
    type: 'unknown',
    typeWord: null,
    status: 'unknown',
    statusWord: null,
    createTime: null,
    startTime: null,
    stopTime: null,
    targets: { deviceGroups: [], devices: [], deviceType: null, model: null, manufacturerName: null },
    policy: { executeType: null, startTime: null, endTime: null, retryType: null, retryTimes: null },
    tally: NO_TALLY,
    extendPara: {},
    unreadable: [],
    ...known,
  };
}
