import { NO_TALLY } from '../../src/core/task/tally.ts';
import type { Policy, Tally, Targets, Task } from '../../src/core/task/task.ts';
import { isActive, NO_ALARMS, type WatchedTask } from '../../src/core/task/watched-task.ts';
import type { Remembered } from '../../src/store/task/write-tasks.ts';

export const NOW = Date.UTC(2024, 2, 11, 6, 5, 2);
export const MINUTE = 60_000;

export interface TaskWords extends Partial<Omit<Task, 'targets' | 'policy' | 'tally'>> {
  readonly operationId: string;
  readonly targets?: Partial<Targets>;
  readonly policy?: Partial<Policy>;
  readonly tally?: Partial<Tally>;
}

/** A running firmware task of which nothing else is known, with what is said of it laid over. */
export function sampleTask(words: TaskWords): Task {
  const { targets, policy, tally, ...plain } = words;
  return {
    type: 'firmware',
    typeWord: 'firmware_upgrade',
    status: 'running',
    statusWord: null,
    createTime: NOW - 60_000,
    startTime: null,
    stopTime: null,
    extendPara: {},
    unreadable: [],
    ...plain,
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
    tally: { ...NO_TALLY, ...tally },
  };
}

export function watched(task: Task, memory: Partial<Omit<WatchedTask, 'task'>> = {}): WatchedTask {
  return {
    firstSeenAt: NOW,
    seenAt: NOW,
    movedAt: NOW,
    alarms: NO_ALARMS,
    active: isActive(task.status) && (memory.vanishedAt ?? null) === null,
    vanishedAt: null,
    ...memory,
    task,
  };
}

/** As the watch hands it to the store when it meets a task for the first time. */
export function newlySeen(task: Task, memory: Partial<Omit<WatchedTask, 'task'>> = {}): Remembered {
  return { before: null, after: watched(task, memory) };
}
