import type { Instant } from '../../../src/lib/instant.ts';
import type { Behaviour } from '../behaviour.ts';
import { type DeviceRow, moveRow, rowsOf } from './device-rows.ts';
import { type DeviceState, ENDED_STATUSES, type FinishedDevices } from './simulated-task.ts';
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

/**
 * Puts a task into a status. The devices that are not done follow it, if they are to; an ended task forgets its plan.
 */
export function setStatus(
  around: Surroundings,
  task: TaskRecord,
  status: string,
  follow: boolean,
  now: Instant,
): void {
  if (status === 'processing' && task.status === 'failed' && follow) retry(around, task, now);
  else if (status === 'processing') {
    start(around, task, now);
    if (follow) moveAll(around, task, ['wait'], 'processing', now);
  } else if (ENDED_STATUSES.includes(status)) {
    end(around, task, status, now);
    task.agenda = [];
    if (follow) moveAll(around, task, ['wait', 'processing'], stateFor(status), now);
  } else around.index.setStatus(task, status);
}

/** Ends so many devices, those at work first. With `settle`, the task starts and ends by it. */
export function finishDevices(
  around: Surroundings,
  task: TaskRecord,
  { success = 0, fail = 0, timeout = 0, reason }: FinishedDevices,
  settle: boolean,
  now: Instant,
): void {
  const rows = rowsOf(task, around.membersOfGroup);
  const open = [
    ...rows.filter((row) => row.state === 'processing'),
    ...rows.filter((row) => row.state === 'wait'),
  ];
  if (success + fail + timeout > open.length) {
    throw new Error(`Task ${task.operationId} has only ${open.length} devices left to finish.`);
  }
  if (settle && task.status === 'wait') start(around, task, now);
  open.slice(0, success + fail + timeout).forEach((row, place) => {
    const state = place < success ? 'success' : place < success + fail ? 'fail' : 'timeout';
    move(around, task, row, state, now, reason);
  });
  if (settle && endIfDone(around, task, now)) task.agenda = [];
}

function stateFor(endedStatus: string): DeviceState {
  if (endedStatus === 'failed') return 'fail';
  return endedStatus === 'stop' ? 'stop' : 'success';
}
