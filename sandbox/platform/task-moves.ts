import type { Instant } from '../../src/lib/instant.ts';
import type { Behaviour } from './behaviour.ts';
import { type DeviceRow, moveRow, rowsOf } from './device-rows.ts';
import type { DeviceState } from './simulated-task.ts';
import type { TaskIndex } from './task-index.ts';
import type { TaskRecord } from './task-record.ts';

/** What moving a task needs to know of the fleet around it. */
export interface Surroundings {
  readonly index: TaskIndex;
  readonly behaviour: Behaviour;
  membersOfGroup(group: string): readonly string[];
  /** Told of each device that moves, so that the device itself can show it. */
  deviceMoved(task: TaskRecord, row: DeviceRow, at: Instant): void;
}

export function start(around: Surroundings, task: TaskRecord, at: Instant): void {
  around.index.setStatus(task, 'processing');
  task.startTime ??= at;
  task.stopTime = null;
}

/** Ends a task in which no device is left to do, by the counters it has. */
export function endIfDone(around: Surroundings, task: TaskRecord, at: Instant): boolean {
  if (task.status !== 'processing' || task.tally.wait > 0 || task.tally.processing > 0) return false;
  const bad = task.tally.fail + task.tally.timeout;
  const mixedIsFine = around.behaviour.mixedResult === 'success' && task.tally.success > 0;
  end(around, task, bad > 0 && !mixedIsFine ? 'failed' : 'success', at);
  return true;
}

export function end(around: Surroundings, task: TaskRecord, status: string, at: Instant): void {
  around.index.setStatus(task, status);
  task.startTime ??= status === 'stop' ? null : at;
  task.stopTime = at;
  task.heldSince = null;
}

/** Moves every device that stands in one of `from`. Returns the rows moved. */
export function moveAll(
  around: Surroundings,
  task: TaskRecord,
  from: readonly DeviceState[],
  to: DeviceState,
  at: Instant,
): number[] {
  const moved: number[] = [];
  rowsOf(task, around.membersOfGroup).forEach((row, place) => {
    if (!from.includes(row.state)) return;
    move(around, task, row, to, at);
    moved.push(place);
  });
  return moved;
}

export function move(
  around: Surroundings,
  task: TaskRecord,
  row: DeviceRow,
  to: DeviceState,
  at: Instant,
  reason?: string,
): void {
  moveRow(task, row, to, at, reason);
  around.deviceMoved(task, row, at);
}

/** Whether the policy allows the failed task one more attempt. */
export function mayRetry(task: TaskRecord): boolean {
  return (
    task.status === 'failed' &&
    task.policy.retryType === true &&
    task.attempt <= (task.policy.retryTimes ?? 0)
  );
}

/** Failed devices go back to work, and the task with them. Returns the rows that do. */
export function retry(around: Surroundings, task: TaskRecord, at: Instant): number[] {
  task.attempt += 1;
  start(around, task, at);
  return moveAll(around, task, ['fail', 'timeout'], 'processing', at);
}
