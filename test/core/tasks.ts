import { NO_TALLY } from '../../src/core/task/tally.ts';
import {
  KNOWN_STATUSES,
  type Policy,
  type StatusAndWord,
  type Tally,
  type Targets,
  type Task,
} from '../../src/core/task/task.ts';

/** 2024-03-11T12:00:00Z: the moment at which the tests play. */
export const NOON = Date.UTC(2024, 2, 11, 12);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

type TaskChanges = Partial<Omit<Task, 'tally' | 'targets' | 'policy'>> & {
  readonly tally?: Partial<Tally>;
  readonly targets?: Partial<Targets>;
  readonly policy?: Partial<Policy>;
};

/** A running firmware task, an hour old, over 100 devices of which nothing is known yet; changed as told. */
export function aTask({ tally, targets, policy, ...rest }: TaskChanges = {}): Task {
  return {
    operationId: 'op-1',
    type: 'firmware',
    typeWord: 'firmware_upgrade',
    status: 'running',
    statusWord: null,
    createTime: NOON - HOUR,
    startTime: NOON - HOUR,
    stopTime: null,
    extendPara: {},
    unreadable: [],
    ...rest,
    targets: {
      deviceGroups: [],
      devices: [],
      deviceType: null,
      model: null,
      manufacturerName: null,
      ...targets,
    },
    policy: {
      executeType: 'now',
      startTime: null,
      endTime: null,
      retryType: null,
      retryTimes: null,
      ...policy,
    },
    tally: aTally(tally),
  };
}

/** A status by its word: one of ours, or one that nobody knows. */
export function called(word: string): StatusAndWord {
  const status = KNOWN_STATUSES.find((known) => known === word);
  return status === undefined ? { status: 'unknown', statusWord: word } : { status, statusWord: null };
}

/** A hundred devices, all waiting; changed as told. */
export function aTally(changes: Partial<Tally> = {}): Tally {
  return {
    total: 100,
    waiting: 100,
    running: 0,
    succeeded: 0,
    failed: 0,
    stopped: 0,
    timedOut: 0,
    ...changes,
  };
}

/** The task of which nothing but its id, type and status could be read. */
export const BARE_TASK: Task = {
  ...aTask({ createTime: null, startTime: null, policy: { executeType: null } }),
  tally: NO_TALLY,
};
