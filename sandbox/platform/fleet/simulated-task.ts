import type { Json, Policy, Targets } from '../../../src/core/task/task.ts';
import type { Instant } from '../../../src/lib/instant.ts';
import type { TaskPlan } from './task-plan.ts';

/** Where one device stands within a task. On the wire both `fail` and `timeout` are `fail`. */
export type DeviceState = 'wait' | 'processing' | 'success' | 'fail' | 'timeout' | 'stop';

/** The seven counters of `staResult`; the simulated platform always knows all of them. */
export type Counts = { readonly [Counter in 'total' | DeviceState]: number };

/** Members to lay over the JSON as sent: objects are merged, all else (and `{}`) replaces, undefined removes a member. */
export type JsonPatch = { readonly [member: string]: Json | JsonPatch | undefined };

/** One upgrade task on the simulated platform: a live view, it changes as the fleet does. */
export interface SimulatedTask {
  readonly operationId: string;
  readonly type: string;
  readonly status: string;
  readonly createTime: Instant;
  readonly startTime: Instant | null;
  readonly stopTime: Instant | null;
  readonly targets: Targets;
  readonly policy: Policy;
  readonly tally: Counts;
  /** Null: sent as null, or left out. */
  readonly extendPara: { readonly [key: string]: Json } | null;
  /** 1 at first, one more with each retry. */
  readonly attempt: number;
  /** Since when its plan stands still because somebody held it; null: it goes on. */
  readonly heldSince: Instant | null;
}

/** What a task did to one device. */
export interface SimulatedDeviceResult {
  readonly subOperationId: string;
  readonly deviceId: string;
  readonly state: DeviceState;
  readonly createTime: Instant;
  readonly startTime: Instant | null;
  readonly stopTime: Instant | null;
  readonly detailInfo: string | null;
}

/** What a new task may say of itself; everything has a default. */
export interface NewTask {
  readonly operationId?: string;
  /** Default `firmware_upgrade`. */
  readonly type?: string;
  /** Default `wait`. */
  readonly status?: string;
  /** Default: the fleet's now. */
  readonly createTime?: Instant;
  /** Default: the time of creation, unless the task waits. */
  readonly startTime?: Instant | null;
  /** Default: now for a task that has ended, else null. */
  readonly stopTime?: Instant | null;
  /** Default: one group of water meters. With `devices` alone, no group, type, model or manufacturer. */
  readonly targets?: Partial<Targets>;
  readonly policy?: Partial<Policy>;
  /** Default: as many devices as targets or plan name, or 10, all where the status puts them. */
  readonly tally?: Partial<Counts>;
  readonly extendPara?: { readonly [key: string]: Json } | null;
  /** Given in turn to the failed devices for which nobody said why. */
  readonly reasons?: readonly string[];
  /** The task's own course of life. Without one it changes only when told. */
  readonly plan?: TaskPlan;
}

/** Members to change; nested ones are merged. No counter, time or device result follows by itself. */
export interface TaskPatch {
  readonly type?: string;
  readonly status?: string;
  readonly createTime?: Instant;
  readonly startTime?: Instant | null;
  readonly stopTime?: Instant | null;
  readonly targets?: Partial<Targets>;
  readonly policy?: Partial<Policy>;
  readonly tally?: Partial<Counts>;
  readonly extendPara?: { readonly [key: string]: Json } | null;
}

/** How many devices end, and how. */
export interface FinishedDevices {
  readonly success?: number;
  readonly fail?: number;
  readonly timeout?: number;
  /** Why, for those that fail or time out. */
  readonly reason?: string;
}

export const ENDED_STATUSES: readonly string[] = ['failed', 'success', 'stop'];
