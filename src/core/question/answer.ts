import type { Instant } from '../../lib/instant.ts';
import type { ListRequest } from '../filter/filter.ts';
import type { Device, DeviceResult, StatusCount, Task } from '../task/task.ts';
import type { Anchor } from './list-button.ts';
import type { ShownTask } from './shown-task.ts';

/** How fresh an answer is: read from the platform just now, or from the mirror as of its last good look. */
export type Freshness =
  | { readonly kind: 'live' }
  | {
      readonly kind: 'mirror';
      /** Null: the mirror has not seen the platform yet. */
      readonly asOf: Instant | null;
      /** Why the platform was not asked, or did not answer; null when the mirror was the right one to ask. */
      readonly because: Trouble | null;
    };

/** Something that went wrong, in words for people. */
export interface Trouble {
  readonly message: string;
  readonly advice: string;
}

export interface TaskList {
  readonly request: ListRequest;
  readonly tasks: readonly ShownTask[];
  /** All that match, or null where the platform does not say. */
  readonly total: number | null;
  /** Whether a next page may hold more. */
  readonly more: boolean;
  /** Rows that could not be read and are left out. */
  readonly unreadable: number;
  readonly freshness: Freshness;
  /** What holds the pages around this one together; null where each page is asked for by its number alone. */
  readonly anchor: Anchor | null;
  /** Whether this page was reached from another one, so that tasks created since are left out. */
  readonly anchored: boolean;
}

export interface FailedDevices {
  readonly results: readonly DeviceResult[];
  readonly total: number | null;
}

export interface TaskDetail {
  readonly task: ShownTask;
  /** The first failed devices; `Trouble` when they could not be read. */
  readonly failed: FailedDevices | Trouble;
  readonly freshness: Freshness;
}

export interface DeviceDetail {
  readonly deviceId: string;
  /** Null when the device itself could not be read, for the reason that `trouble` gives. */
  readonly device: Device | null;
  readonly trouble: Trouble | null;
  /** False: the platform says that there is no such device. */
  readonly known: boolean;
  /** Every task aimed at it that is known of, newest first. */
  readonly tasks: readonly DeviceTask[];
  readonly total: number;
  readonly freshness: Freshness;
}

/** A task aimed at a device, and what it did to that device as far as that was read. */
export interface DeviceTask {
  readonly task: ShownTask;
  readonly outcome:
    | { readonly kind: 'read'; readonly result: DeviceResult; readonly seenAt: Instant }
    /** All failed devices of the task were read, and this one is not among them. */
    | { readonly kind: 'not-failed' }
    | { readonly kind: 'not-read' };
}

export interface Overview {
  /** Over all that are known. */
  readonly counts: readonly StatusCount[];
  readonly running: readonly ShownTask[];
  readonly failedLately: readonly Task[];
  readonly failedLatelyTotal: number;
  readonly freshness: Freshness;
}

export interface Health {
  readonly lastGoodCycleAt: Instant | null;
  readonly lastCycleFailed: Trouble | null;
  readonly watchedTasks: number;
  readonly sweepUnderWay: boolean;
  readonly callsUsed: number;
  readonly callsLimit: number;
  readonly blockedUntil: Instant | null;
  /** What is never read, or not on schedule, with these settings and as many active tasks as there are. */
  readonly budgetTroubles: readonly Trouble[];
  readonly notificationsWaiting: number;
  readonly notificationsUndecided: number;
  readonly notificationsSuspended: number;
  /** Held by quiet hours or a mute. */
  readonly notificationsHeld: number;
  /** Possibly posted twice, since nobody could tell whether they had arrived. */
  readonly notificationsRepeated: number;
}
