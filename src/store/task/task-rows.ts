import { COUNTERS, failedDevices } from '../../core/task/tally.ts';
import type { Tally, Task } from '../../core/task/task.ts';
import {
  type Alarms,
  type EarlierSnapshot,
  NO_ALARMS,
  type WatchedTask,
} from '../../core/task/watched-task.ts';
import type { TaskRow, TaskTable } from '../engine/schema.ts';
import { statusAlone, statusOf, statusText } from './status-text.ts';

/** The columns of the counters, in the order of `COUNTERS`. */
const COUNTER_COLUMNS = [
  'total',
  'waiting',
  'running',
  'succeeded',
  'failed',
  'stopped',
  'timed_out',
] as const;
type CounterColumn = (typeof COUNTER_COLUMNS)[number];

/** Kept in columns only. The platform's word for an `unknown` status is in the body too. */
type InColumns = Pick<Task, 'operationId' | 'status' | 'startTime' | 'stopTime' | 'tally'>;

/** What the mirror holds of a task for comparison. `texts` are as stored. */
export interface MirroredTask extends EarlierSnapshot {
  readonly texts: { readonly body: string; readonly alarms: string };
}

/** Columns that a comparison reads. The rest of the narrow table is derived from these and the body. */
export const COMPARED_COLUMNS = [
  'task.operation_id',
  'status',
  'start_time',
  'stop_time',
  ...COUNTER_COLUMNS,
  'active',
  'first_seen_at',
  'moved_at',
  'alarms',
  'vanished_at',
  'task_body.task',
] as const;
type Compared = Exclude<(typeof COMPARED_COLUMNS)[number], `${string}.${string}`>;

export function toMirroredTask(row: Pick<TaskRow, Compared | 'task'>): MirroredTask {
  return {
    task: {
      ...statusOf(row.status),
      startTime: row.start_time,
      stopTime: row.stop_time,
      tally: toTally(row),
    },
    active: row.active === 1,
    firstSeenAt: row.first_seen_at,
    movedAt: row.moved_at,
    alarms: toAlarms(row.alarms),
    vanishedAt: row.vanished_at,
    texts: { body: row.task, alarms: row.alarms },
  };
}

/** Converts a row of the mirror to the core's type. */
export function toWatchedTask(row: TaskRow): WatchedTask {
  const inColumns: InColumns = {
    operationId: row.operation_id,
    status: statusAlone(row.status),
    startTime: row.start_time,
    stopTime: row.stop_time,
    tally: toTally(row),
  };
  return {
    // Written by `toBody` from the same type; nothing else writes this column.
    task: { ...(JSON.parse(row.task) as Omit<Task, keyof InColumns>), ...inColumns },
    alarms: toAlarms(row.alarms),
    active: row.active === 1,
    firstSeenAt: row.first_seen_at,
    seenAt: row.seen_at,
    movedAt: row.moved_at,
    vanishedAt: row.vanished_at,
  };
}

/** The stored form of a task's body: equal tasks have equal texts. */
export function toBody(task: Task): string {
  const { type, typeWord, statusWord, createTime, targets, policy, extendPara, unreadable } = task;
  const rest: Omit<Task, keyof InColumns> = {
    type,
    typeWord,
    statusWord,
    createTime,
    targets,
    policy,
    extendPara,
    unreadable,
  };
  return JSON.stringify(rest);
}

/** The targets in a stored body. */
export function targetsOf(body: string): Task['targets'] {
  // Written by `toBody`.
  return (JSON.parse(body) as Task).targets;
}

export function toTaskRow({ task, ...memory }: WatchedTask): TaskTable {
  return {
    operation_id: task.operationId,
    type: task.type,
    status: statusText(task),
    active: memory.active ? 1 : 0,
    create_time: task.createTime,
    start_time: task.startTime,
    stop_time: task.stopTime,
    device_type: task.targets.deviceType,
    model: task.targets.model,
    manufacturer_name: task.targets.manufacturerName,
    ...ofTally(task.tally),
    failed_devices: failedDevices(task.tally),
    first_seen_at: memory.firstSeenAt,
    seen_at: memory.seenAt,
    moved_at: memory.movedAt,
    alarms: JSON.stringify(memory.alarms),
    vanished_at: memory.vanishedAt,
  };
}

function toTally(row: Pick<TaskRow, CounterColumn>): Tally {
  const { total, waiting, running, succeeded, failed, stopped, timed_out: timedOut } = row;
  return { total, waiting, running, succeeded, failed, stopped, timedOut };
}

function ofTally({ timedOut, ...same }: Tally): Pick<TaskTable, CounterColumn> {
  return { ...same, timed_out: timedOut };
}

const NONE_RAISED = JSON.stringify(NO_ALARMS);

function toAlarms(text: string): Alarms {
  // Most tasks have none raised. Written by `toTaskRow` from the same type; nothing else writes this column.
  return text === NONE_RAISED ? NO_ALARMS : { ...NO_ALARMS, ...(JSON.parse(text) as Partial<Alarms>) };
}

/** The seven counters as a snapshot stores them: `240,12,5,200,22,,1`. Unknown counters are empty. */
export function tallyText(tally: Tally): string {
  return COUNTERS.map((counter) => tally[counter] ?? '').join();
}

/** Parses what `tallyText` wrote. */
export function tallyOf(text: string): Tally {
  const [total, waiting, running, succeeded, failed, stopped, timedOut] = text.split(',').map(toCount);
  return {
    total: total ?? null,
    waiting: waiting ?? null,
    running: running ?? null,
    succeeded: succeeded ?? null,
    failed: failed ?? null,
    stopped: stopped ?? null,
    timedOut: timedOut ?? null,
  };
}

function toCount(text: string): number | null {
  return text === '' ? null : Number(text);
}
