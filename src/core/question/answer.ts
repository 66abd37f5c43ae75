import type { Instant } from '../../lib/instant.ts';
import type { ListRequest } from '../filter/filter.ts';
import type { Device, DeviceResult, StatusCount, Task } from '../task/task.ts';
import type { Anchor } from './list-button.ts';
import type { ShownTask } from './shown-task.ts';

/** How fresh an answer is: read from the platform just now, or from the mirror as of its last good poll. */
export type Freshness =
  | { readonly kind: 'live' }
  | {
      readonly kind: 'mirror';
      /** Null: the mirror has not seen the platform yet. */
      readonly asOf: Instant | null;
      /** Why the platform was not asked or did not answer; null if the mirror was the right source anyway. */
      readonly because: Trouble | null;
    };

/** Something that went wrong, in words for users. */
export interface Trouble {
  readonly message: string;
  readonly advice: string;
}

export interface TaskList {
  readonly request: ListRequest;
  readonly tasks: readonly ShownTask[];
  /** Number of all matches; null if the platform does not say. */
  readonly total: number | null;
  /** Whether there may be a next page. */
  readonly more: boolean;
  /** Number of unreadable rows, which are left out. */
  readonly unreadable: number;
  readonly freshness: Freshness;
  /** Keeps the pages of the list consistent; null if pages are requested by number alone. */
  readonly anchor: Anchor | null;
  /** Whether the user paged here, so that tasks created since are left out. */
  readonly anchored: boolean;
}

export interface FailedDevices {
  readonly results: readonly DeviceResult[];
  readonly total: number | null;
}

export interface TaskDetail {
  readonly task: ShownTask;
  /** The first failed devices; `Trouble` if they could not be read. */
  readonly failed: FailedDevices | Trouble;
  readonly freshness: Freshness;
}

export interface DeviceDetail {
  readonly deviceId: string;
  /** Null if the device itself could not be read; `trouble` gives the reason. */
  readonly device: Device | null;
  readonly trouble: Trouble | null;
  /** False: the platform says there is no such device. */
  readonly known: boolean;
  /** Every known task that targets it, newest first. */
  readonly tasks: readonly DeviceTask[];
  readonly total: number;
  readonly freshness: Freshness;
}

/** A task that targets a device, with its result on that device if it was read. */
export interface DeviceTask {
  readonly task: ShownTask;
  readonly outcome:
    | { readonly kind: 'read'; readonly result: DeviceResult; readonly seenAt: Instant }
    /** All failed devices of the task were read, and this one is not among them. */
    | { readonly kind: 'not-failed' }
    | { readonly kind: 'not-read' };
}

export interface Overview {
  /** Over all known tasks. */
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
  /** What is never read, or not on schedule, given the settings and the current number of active tasks. */
  readonly budgetTroubles: readonly Trouble[];
  readonly notificationsWaiting: number;
  readonly notificationsUndecided: number;
  readonly notificationsSuspended: number;
  /** Held by quiet hours or a mute. */
  readonly notificationsHeld: number;
  /** Possibly posted twice, because it was unclear whether they had arrived. */
  readonly notificationsRepeated: number;
}
