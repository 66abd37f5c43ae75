import type { Instant } from '../../../src/lib/instant.ts';
import { TIMEOUT_REASONS } from '../demo/failure-reasons.ts';
import type { DeviceState, SimulatedDeviceResult } from './simulated-task.ts';
import type { TaskRecord } from './task-record.ts';

export type DeviceRow = { -readonly [Member in keyof SimulatedDeviceResult]: SimulatedDeviceResult[Member] };

const STATES: readonly DeviceState[] = ['success', 'fail', 'timeout', 'stop', 'processing', 'wait'];

/**
 * The task's devices, one row each, brought in step with its counters: a task may have been told its counters only.
 * Rows that already agree are left alone; counters that do not add up leave some rows where they are.
 */
export function rowsOf(task: TaskRecord, membersOfGroup: (group: string) => readonly string[]): DeviceRow[] {
  const rows = task.rows ?? [];
  task.rows = rows;
  if (rows.length < task.tally.total) addRows(task, rows, membersOfGroup);
  if (rows.length > task.tally.total) rows.length = Math.max(0, task.tally.total);
  if (!task.rowsInStep) bringInStep(task, rows);
  task.rowsInStep = true;
  return rows;
}

/** Moves one device, and the two counters it touches. */
export function moveRow(
  task: TaskRecord,
  row: DeviceRow,
  to: DeviceState,
  at: Instant,
  reason?: string,
): void {
  if (row.state === to) return;
  task.tally = {
    ...task.tally,
    [row.state]: Math.max(0, task.tally[row.state] - 1),
    [to]: task.tally[to] + 1,
  };
  writeRow(task, row, to, at, reason);
}

function writeRow(task: TaskRecord, row: DeviceRow, to: DeviceState, at: Instant, reason?: string): void {
  row.state = to;
  if (to === 'wait') row.startTime = null;
  else if (to !== 'stop') row.startTime ??= at;
  row.stopTime = to === 'wait' || to === 'processing' ? null : at;
  row.detailInfo = to === 'fail' || to === 'timeout' ? (reason ?? usualReason(task, row, to)) : null;
}

function usualReason(task: TaskRecord, row: DeviceRow, state: 'fail' | 'timeout'): string {
  const place = Number(row.subOperationId.slice(row.subOperationId.lastIndexOf('-') + 1));
  const given = task.reasons[place % Math.max(1, task.reasons.length)];
  return given ?? (state === 'timeout' ? TIMEOUT_REASONS[0] : 'Firmware update failed');
}

function addRows(task: TaskRecord, rows: DeviceRow[], members: (group: string) => readonly string[]): void {
  const named =
    task.targets.devices.length > 0 ? task.targets.devices : task.targets.deviceGroups.flatMap(members);
  for (let place = rows.length; place < task.tally.total; place += 1) {
    rows.push({
      subOperationId: `sub-${task.operationId}-${place + 1}`,
      deviceId:
        task.plan?.devices[place]?.deviceId ?? named[place] ?? `${task.operationId}-device-${place + 1}`,
      state: 'wait',
      createTime: task.createTime,
      startTime: null,
      stopTime: null,
      detailInfo: null,
    });
  }
}

function bringInStep(task: TaskRecord, rows: readonly DeviceRow[]): void {
  const missing: Record<DeviceState, number> = zeroes();
  for (const state of STATES) missing[state] = task.tally[state];
  for (const row of rows) missing[row.state] -= 1;
  const wanted = STATES.flatMap((state) => (missing[state] > 0 ? [state] : []));
  if (wanted.length === 0) return;
  for (const row of rows) {
    if (missing[row.state] >= 0) continue;
    const to = wanted.find((state) => missing[state] > 0);
    if (to === undefined) return;
    missing[row.state] += 1;
    missing[to] -= 1;
    writeRow(task, row, to, task.stopTime ?? task.startTime ?? task.createTime);
  }
}

function zeroes(): Record<DeviceState, number> {
  return { wait: 0, processing: 0, success: 0, fail: 0, timeout: 0, stop: 0 };
}
