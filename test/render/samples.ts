import type { ChangeKind } from '../../src/core/change/changes.ts';
import type { ListRequest } from '../../src/core/filter/filter.ts';
import type { NotificationContent, SummaryEntry } from '../../src/core/notification/notification-content.ts';
import type {
  DeviceDetail,
  DeviceTask,
  Freshness,
  TaskList,
  Trouble,
} from '../../src/core/question/answer.ts';
import type { ShownTask } from '../../src/core/question/shown-task.ts';
import type { Mention } from '../../src/core/subscription/subscription.ts';
import type { Device, DeviceResult, Task } from '../../src/core/task/task.ts';
import { type Alarms, isActive, NO_ALARMS, type WatchedTask } from '../../src/core/task/watched-task.ts';
import type { RootState } from '../../src/render/notification/root-state.ts';
import type { Failures } from '../../src/render/task/failures.ts';
import { aTask, BARE_TASK, HOUR, MINUTE, NOON } from '../core/tasks.ts';
import { HOSTILE } from './sound.ts';

export const LIVE: Freshness = { kind: 'live' };
export const trouble = (text: string): Trouble => ({ message: text, advice: text });

/** A task all of whose texts are the given one, aimed at so many groups and devices. */
export function taskOf(text: string, targets = 1): Task {
  const ids = Array.from({ length: targets }, () => text);
  return aTask({
    operationId: text,
    type: 'unknown',
    typeWord: text,
    status: 'unknown',
    statusWord: text,
    stopTime: NOON,
    tally: {
      total: 1e15,
      waiting: 1e15,
      running: 1e15,
      succeeded: 1e15,
      failed: 1e15,
      stopped: 1e15,
      timedOut: 1e15,
    },
    targets: { deviceGroups: ids, devices: ids, deviceType: text, model: text, manufacturerName: text },
    policy: { executeType: text, startTime: NOON, endTime: NOON, retryType: true, retryTimes: 1e15 },
    extendPara: Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`${index}${text}`, { deep: [text, null, true, 1] }]),
    ),
    unreadable: Array.from({ length: 40 }, () => text),
  });
}

/** Tasks at every extreme: nothing known, empty texts, long ones, hostile ones, many targets. */
export const EXTREME_TASKS: readonly (readonly [name: string, task: Task])[] = [
  ['nothing known', BARE_TASK],
  ['empty texts', { ...taskOf('', 0), operationId: 'op-1' }],
  ['white space for texts', taskOf(' \n\u202e')],
  ['no devices', aTask({ tally: { total: 0, waiting: 0 } })],
  ['256 targets of 36 characters', taskOf('0'.repeat(36), 256)],
  ['256 targets of 256 characters', taskOf('x'.repeat(256), 256)],
  ['5,000 characters', taskOf('x'.repeat(5_000))],
  ['5,000 ampersands', taskOf('&'.repeat(5_000), 256)],
  ['5,000 emoji', taskOf('👩‍🚀'.repeat(1_700), 256)],
  ['5,000 stars', taskOf('*'.repeat(5_000), 256)],
  ['5,000 backticks', taskOf('`'.repeat(5_000), 256)],
  ['5,000 line breaks', taskOf('a\n'.repeat(2_500))],
  ['hostile texts', taskOf(HOSTILE, 256)],
  ['long hostile texts', taskOf(HOSTILE.repeat(20), 256)],
];

export function watchedTask(task: Task, changes: Partial<WatchedTask> = {}): WatchedTask {
  return {
    task,
    firstSeenAt: NOON,
    seenAt: NOON,
    movedAt: NOON,
    alarms: NO_ALARMS,
    active: isActive(task.status),
    vanishedAt: null,
    ...changes,
  };
}

export function listOf(
  tasks: readonly ShownTask[],
  changes: Partial<TaskList> = {},
  request: Partial<ListRequest> = {},
): TaskList {
  return {
    request: { terms: [], sort: null, page: 1, size: 10, private: false, ...request },
    tasks,
    total: tasks.length,
    more: false,
    unreadable: 0,
    freshness: LIVE,
    anchor: null,
    anchored: false,
    ...changes,
  };
}

/** Of a device that failed. */
export const FAILED_RESULT: DeviceResult = { ...resultOf('fail'), status: 'failed' };

export function resultOf(text: string): DeviceResult {
  return {
    subOperationId: text,
    deviceId: text,
    status: 'unknown',
    statusWord: text,
    createTime: NOON - HOUR,
    startTime: NOON - HOUR,
    stopTime: NOON,
    detailInfo: text,
    extendInfo: {},
  };
}

export function deviceOf(text: string | null): Device {
  return {
    deviceId: text ?? 'd-1',
    gatewayId: text,
    nodeType: text,
    createTime: null,
    lastModifiedTime: null,
    lastReportTime: text === null ? null : NOON,
    nodeId: text,
    name: text,
    status: text,
    statusDetail: text,
    manufacturerName: text,
    deviceType: text,
    model: text,
    swVersion: text,
    fwVersion: text,
    hwVersion: text,
    batteryLevel: text,
    signalStrength: text,
  };
}

export function deviceWith(
  device: Device | null,
  tasks: readonly DeviceTask[],
  freshness: Freshness,
): DeviceDetail {
  const known = device !== null;
  return { deviceId: 'd-1', device, trouble: null, known, tasks, total: tasks.length, freshness };
}

/** A task with one outcome after the other; what was read of the device holds the text of the task's id. */
export function everyOutcome(task: Task, index: number): DeviceTask {
  const outcomes: readonly DeviceTask['outcome'][] = [
    { kind: 'read', result: resultOf(task.operationId), seenAt: NOON },
    { kind: 'not-failed' },
    { kind: 'not-read' },
  ];
  return { task, outcome: outcomes[index % 3] ?? { kind: 'not-read' } };
}

export type ChangeContent = Extract<NotificationContent, { kind: 'change' }>;

export function changeOf(task: Task, changes: Partial<ChangeContent> = {}): ChangeContent {
  return {
    kind: 'change',
    change: 'failed',
    at: NOON,
    noticedAt: NOON + MINUTE,
    status: task.status,
    statusWord: task.statusWord,
    tally: task.tally,
    startTime: task.startTime,
    stopTime: task.stopTime,
    movedAt: NOON - HOUR,
    mentions: [],
    earlier: [],
    ...changes,
  };
}

/** Every alarm at once. */
export const ALL_ALARMS: Alarms = {
  failing: true,
  stalled: true,
  overdue: 'past-end',
  own: ['failing:1/'],
  past: [],
};

/** What the root of a task shows, changed as told. */
export function rootOf(
  task: Task,
  changes: Partial<Omit<RootState, 'watched'> & WatchedTask> = {},
): RootState {
  const { earlier, failures, acknowledgement, mute, mentions, held, doubtful, ...watched } = changes;
  return {
    watched: watchedTask(task, watched),
    earlier: earlier ?? [],
    failures: failures ?? null,
    acknowledgement: acknowledgement ?? null,
    mute: mute ?? null,
    mentions: mentions ?? [],
    held: held ?? null,
    doubtful: doubtful ?? false,
  };
}

/** Failed devices as far as they were read, a reason each. */
export function failuresOf(reasons: readonly string[], total = reasons.length): Failures {
  const results = reasons.map((reason, index) => ({ ...resultOf(reason), deviceId: `d-${index + 1}` }));
  return { results, total };
}

/** A group, a person and whoever is about. */
export const MENTIONS: readonly Mention[] = [
  { kind: 'group', id: 'SOWN' },
  { kind: 'person', id: 'UOWN' },
  { kind: 'here' },
];
/** The same as Slack writes them. */
export const CALLS = ['<!subteam^SOWN>', '<@UOWN>', '<!here>'];

export function entryOf(
  operationId: string,
  change: ChangeKind = 'failed',
  earlier: readonly ChangeKind[] = [],
): SummaryEntry {
  return { operationId, change, at: NOON, earlier };
}
