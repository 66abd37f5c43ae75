import type { Instant } from '../../lib/instant.ts';
import { NO_TALLY } from './tally.ts';

/** How a task, or what it did to one device, may stand: the same words for every platform, whose adapter translates. */
export const KNOWN_STATUSES = ['waiting', 'running', 'failed', 'succeeded', 'stopped'] as const;
export type KnownStatus = (typeof KNOWN_STATUSES)[number];
/** `unknown`: the platform calls it by a word that no document names, or by none. */
export type TaskStatus = KnownStatus | 'unknown';

/** A status and what the platform calls it. */
export interface StatusAndWord {
  readonly status: TaskStatus;
  /** The platform's own word, shown where ours is `unknown`. Null: it gave none, or only ours was kept. */
  readonly statusWord: string | null;
}

/** How many tasks stand so. */
export interface StatusCount extends StatusAndWord {
  readonly tasks: number;
}

/** Whether it stands the same; what nobody knows does where the platform still calls it the same. */
export function sameStatus(one: StatusAndWord, other: StatusAndWord): boolean {
  if (one.status !== other.status) return false;
  return one.status !== 'unknown' || one.statusWord === other.statusWord;
}

export const KNOWN_TYPES = ['firmware', 'software'] as const;
export type KnownType = (typeof KNOWN_TYPES)[number];

/** Counters of devices. Null: missing or unreadable. They need not add up to `total`. */
export interface Tally {
  readonly total: number | null;
  readonly waiting: number | null;
  readonly running: number | null;
  readonly succeeded: number | null;
  readonly failed: number | null;
  readonly stopped: number | null;
  readonly timedOut: number | null;
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
export interface Task extends StatusAndWord {
  readonly operationId: string;
  readonly type: KnownType | 'unknown';
  /** The platform's own word for the type, shown where ours is `unknown`. Null: it gave none. */
  readonly typeWord: string | null;
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

/** What a task did to one device (a *sub-operation* of the platform). */
export interface DeviceResult extends StatusAndWord {
  readonly subOperationId: string | null;
  readonly deviceId: string;
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

/** A task of which only this is known or matters; everything else of it is unknown or empty. */
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
