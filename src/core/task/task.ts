import type { Instant } from '../../lib/instant.ts';

/**
 * The words of the domain. Status and type keep the platform's spelling everywhere in code and store,
 * so that a log line, a row and an answer of the platform can be compared by eye.
 */

export const TASK_STATUSES = ['wait', 'processing', 'failed', 'success', 'stop'] as const;
/** The statuses the platform documents. A task may carry any other word; it is kept and shown. */
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const TASK_TYPES = ['firmware_upgrade', 'software_upgrade'] as const;
export type TaskType = (typeof TASK_TYPES)[number];

/** The seven counters of `staResult`. Null: missing or unreadable. They need not add up to `total`. */
export interface Tally {
  readonly total: number | null;
  readonly wait: number | null;
  readonly processing: number | null;
  readonly success: number | null;
  readonly fail: number | null;
  readonly stop: number | null;
  readonly timeout: number | null;
}

/** What a task is aimed at: either device groups (with type, model and manufacturer) or single devices. */
export interface Targets {
  readonly deviceGroups: readonly string[];
  readonly devices: readonly string[];
  readonly deviceType: string | null;
  readonly model: string | null;
  readonly manufacturerName: string | null;
}

/** When and how often the platform tries. `executeType` is `now`, `device_online`, `custom` or a word not known yet. */
export interface Policy {
  readonly executeType: string | null;
  readonly startTime: Instant | null;
  readonly endTime: Instant | null;
  readonly retryType: boolean | null;
  readonly retryTimes: number | null;
}

/** A value as JSON can carry it; used for the members whose keys no document names. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One upgrade task as the platform showed it. */
export interface Task {
  readonly operationId: string;
  /** `operateType` in answers, `operationType` in queries: the platform's own mismatch. */
  readonly type: string;
  readonly status: string;
  readonly createTime: Instant | null;
  readonly startTime: Instant | null;
  readonly stopTime: Instant | null;
  readonly targets: Targets;
  readonly policy: Policy;
  readonly tally: Tally;
  /** `extendPara`: an opaque map, its keys are documented nowhere. */
  readonly extendPara: { readonly [key: string]: Json };
  /** Paths of fields that were there but could not be read, such as `staResult.fail`; shown as unknown. */
  readonly unreadable: readonly string[];
}

/** What a task did to one device (a *sub-operation* of the platform). `status` says `fail` where a task says `failed`. */
export interface DeviceResult {
  readonly subOperationId: string | null;
  readonly deviceId: string;
  readonly type: string;
  readonly status: string;
  readonly createTime: Instant | null;
  readonly startTime: Instant | null;
  readonly stopTime: Instant | null;
  /** The platform's reason in free text, such as a failure's cause. */
  readonly detailInfo: string | null;
  readonly extendInfo: { readonly [key: string]: Json };
}

/** One device as the look-up call shows it. New devices have almost every member null. */
export interface Device {
  readonly deviceId: string;
  readonly gatewayId: string | null;
  readonly nodeType: string | null;
  readonly createTime: Instant | null;
  readonly lastModifiedTime: Instant | null;
  /** The newest `services[].eventTime`: the nearest thing to "last seen" that the platform has. */
  readonly lastReportTime: Instant | null;
  readonly nodeId: string | null;
  readonly name: string | null;
  readonly status: string | null;
  readonly statusDetail: string | null;
  readonly manufacturerName: string | null;
  readonly deviceType: string | null;
  readonly model: string | null;
  readonly swVersion: string | null;
  readonly fwVersion: string | null;
  readonly hwVersion: string | null;
  readonly batteryLevel: string | null;
  readonly signalStrength: string | null;
}
