import type { Instant } from '../../lib/instant.ts';
import { NO_TALLY } from './tally.ts';

/** Status of a task, or of its result on one device. The same words for every platform; its adapter translates. */
export const KNOWN_STATUSES = ['waiting', 'running', 'failed', 'succeeded', 'stopped'] as const;
export type KnownStatus = (typeof KNOWN_STATUSES)[number];
/** `unknown`: the platform's word is undocumented or missing. */
export type TaskStatus = KnownStatus | 'unknown';

/** A status and the platform's word for it. */
export interface StatusAndWord {
  readonly status: TaskStatus;
  /** The platform's own word, shown when ours is `unknown`. Null: it gave none, or only ours was kept. */
  readonly statusWord: string | null;
}

/** Number of tasks with this status. */
export interface StatusCount extends StatusAndWord {
  readonly tasks: number;
}

/** Whether two statuses are the same. Two `unknown` ones are only if the platform's words match. */
export function sameStatus(one: StatusAndWord, other: StatusAndWord): boolean {
  if (one.status !== other.status) return false;
  return one.status !== 'unknown' || one.statusWord === other.statusWord;
}

export const KNOWN_TYPES = ['firmware', 'software'] as const;
export type KnownType = (typeof KNOWN_TYPES)[number];

/** Device counters. Null: missing or unreadable. They need not add up to `total`. */
export interface Tally {
  readonly total: number | null;
  readonly waiting: number | null;
  readonly running: number | null;
  readonly succeeded: number | null;
  readonly failed: number | null;
  readonly stopped: number | null;
  readonly timedOut: number | null;
}

/** What a task targets: either device groups (with type, model and manufacturer) or single devices. */
export interface Targets {
  readonly deviceGroups: readonly string[];
  readonly devices: readonly string[];
  readonly deviceType: string | null;
  readonly model: string | null;
  readonly manufacturerName: string | null;
}

/**
 * When and how often the platform tries. `executeType` is `now`, `device_online`, `custom` or a word not yet
 * known.
 */
export interface Policy {
  readonly executeType: string | null;
  readonly startTime: Instant | null;
  readonly endTime: Instant | null;
  readonly retryType: boolean | null;
  readonly retryTimes: number | null;
}

/** A JSON value; used for members whose keys are undocumented. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One upgrade task as the platform showed it. */
export interface Task extends StatusAndWord {
  readonly operationId: string;
  readonly type: KnownType | 'unknown';
  /** The platform's own word for the type, shown when ours is `unknown`. Null: it gave none. */
  readonly typeWord: string | null;
  readonly createTime: Instant | null;
  readonly startTime: Instant | null;
  readonly stopTime: Instant | null;
  readonly targets: Targets;
  readonly policy: Policy;
  readonly tally: Tally;
  /** `extendPara`: an opaque map with undocumented keys. */
  readonly extendPara: { readonly [key: string]: Json };
  /** Paths of fields that were present but unreadable, such as `staResult.fail`; shown as unknown. */
  readonly unreadable: readonly string[];
}

/** A task's result on one device (the platform's *sub-operation*). */
export interface DeviceResult extends StatusAndWord {
  readonly subOperationId: string | null;
  readonly deviceId: string;
  readonly createTime: Instant | null;
  readonly startTime: Instant | null;
  readonly stopTime: Instant | null;
  /** The platform's reason in free text, such as why it failed. */
  readonly detailInfo: string | null;
  readonly extendInfo: { readonly [key: string]: Json };
}

/** One device as the device query returns it. For new devices almost every member is null. */
export interface Device {
  readonly deviceId: string;
  readonly gatewayId: string | null;
  readonly nodeType: string | null;
  readonly createTime: Instant | null;
  readonly lastModifiedTime: Instant | null;
  /** The newest `services[].eventTime`: the platform's closest thing to "last seen". */
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

/** A task of which only `known` is known or matters; everything else is unknown or empty. */
export function standInTask(known: Partial<Task> & Pick<Task, 'operationId'>): Task {
  return {
    type: 'unknown',
    typeWord: null,
    status: 'unknown',
    statusWord: null,
    createTime: null,
    startTime: null,
    stopTime: null,
    targets: { deviceGroups: [], devices: [], deviceType: null, model: null, manufacturerName: null },
    policy: { executeType: null, startTime: null, endTime: null, retryType: null, retryTimes: null },
    tally: NO_TALLY,
    extendPara: {},
    unreadable: [],
    ...known,
  };
}
