import type { Json, Policy, Targets } from '../../../src/core/task/task.ts';
import type { Instant } from '../../../src/lib/instant.ts';
import type { DeviceRow } from './device-rows.ts';
import {
  type Counts,
  ENDED_STATUSES,
  type JsonPatch,
  type NewTask,
  type SimulatedTask,
} from './simulated-task.ts';
import type { PlanEvent, TaskPlan } from './task-plan.ts';

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };

/** A task as the fleet keeps it. Whoever changes `status` or `createTime` goes through the index. */
export interface TaskRecord extends Writable<SimulatedTask> {
  /** Order of arrival; decides between tasks created at the same moment. */
  readonly sequence: number;
  /** One row per device, made when first needed: most tasks of a large fleet are never looked into. */
  rows: DeviceRow[] | null;
  /** False after the counters were changed by themselves. Without it each move would cost a pass over all rows. */
  rowsInStep: boolean;
  readonly reasons: readonly string[];
  plan: TaskPlan | null;
  /** What the plan still brings, in the order of time. */
  agenda: PlanEvent[];
  overlay: JsonPatch;
  replacement: { readonly json: Json } | null;
  rowOverlay: JsonPatch;
}

const GROUP_TARGETS: Targets = {
  deviceGroups: ['meters-north'],
  devices: [],
  deviceType: 'WaterMeter',
  model: 'WM20',
  manufacturerName: 'ExampleCo',
};
const NO_TARGETS: Targets = {
  deviceGroups: [],
  devices: [],
  deviceType: null,
  model: null,
  manufacturerName: null,
};
const NOW_POLICY: Policy = {
  executeType: 'now',
  startTime: null,
  endTime: null,
  retryType: false,
  retryTimes: null,
};

/** Makes a task out of what is said of it and the defaults. */
export function newTaskRecord(
  task: NewTask,
  operationId: string,
  sequence: number,
  now: Instant,
): TaskRecord {
  const status = task.status ?? 'wait';
  const createTime = task.createTime ?? now;
  const ended = ENDED_STATUSES.includes(status);
  const targets = targetsOf(task);
  return {
    operationId,
    type: task.type ?? 'firmware_upgrade',
    status,
    createTime,
    startTime: task.startTime !== undefined ? task.startTime : status === 'wait' ? null : createTime,
    stopTime: task.stopTime !== undefined ? task.stopTime : ended ? now : null,
    targets,
    policy: task.policy === undefined ? NOW_POLICY : { ...NOW_POLICY, ...task.policy },
    tally: countsOf(task, status, targets),
    extendPara: task.extendPara === undefined ? {} : task.extendPara,
    attempt: 1,
    heldSince: null,
    sequence,
    rows: null,
    rowsInStep: false,
    reasons: task.reasons ?? [],
    plan: task.plan ?? null,
    agenda: [],
    overlay: {},
    replacement: null,
    rowOverlay: {},
  };
}

function targetsOf(task: NewTask): Targets {
  if (task.targets === undefined) return GROUP_TARGETS;
  const base = task.targets.devices !== undefined ? NO_TARGETS : GROUP_TARGETS;
  return { ...base, ...task.targets };
}

function countsOf(task: NewTask, status: string, targets: Targets): Counts {
  const counts = { total: 0, wait: 0, processing: 0, success: 0, fail: 0, stop: 0, timeout: 0 };
  if (task.tally !== undefined) {
    Object.assign(counts, task.tally);
    const { total: _, ...parts } = counts;
    if (task.tally.total === undefined) counts.total = Object.values(parts).reduce((sum, n) => sum + n, 0);
    else if (Object.keys(task.tally).length === 1) counts[placeOf(status)] = task.tally.total;
    return counts;
  }
  const total = task.plan?.devices.length ?? (targets.devices.length || 10);
  counts.total = total;
  counts[placeOf(status)] = total;
  return counts;
}

function placeOf(status: string): Exclude<keyof Counts, 'total'> {
  if (status === 'failed') return 'fail';
  if (status === 'processing' || status === 'success' || status === 'stop') return status;
  return 'wait';
}
