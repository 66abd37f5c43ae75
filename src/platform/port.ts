import type { Device, DeviceResult, KnownStatus, KnownType, Task } from '../core/task/task.ts';

/** On whose behalf a call is made; the call budget ranks callers (budget/call-budget.ts). */
export type Caller =
  /** Someone is waiting for an answer. `person` is null for calls without a user, such as the settings check. */
  | { readonly priority: 'interactive'; readonly person: string | null }
  /** `new-failure`: the first page of failed devices of a newly failed task, for its notification. */
  | { readonly priority: 'poll' | 'new-failure' | 'sweep' };

export type CallPriority = Caller['priority'];

export type CallOptions = Caller & { readonly signal?: AbortSignal };

/** Filters and page of a task list; `pageNo` counts from 0, `pageSize` is 1 to 100. */
export interface TaskQuery {
  readonly type?: KnownType;
  readonly status?: KnownStatus;
  readonly deviceType?: string;
  readonly model?: string;
  readonly manufacturerName?: string;
  readonly deviceId?: string;
  readonly pageNo: number;
  readonly pageSize: number;
}

export interface DeviceResultQuery {
  /** All if absent. */
  readonly status?: KnownStatus;
  readonly pageNo: number;
  readonly pageSize: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Rows received, including unreadable ones. Use this, not `items`, to tell a short page from a full one. */
  readonly received: number;
  /** All matches known to the platform; null if it does not say. */
  readonly total: number | null;
  /** One sentence per row that was skipped because it has no usable id. */
  readonly unreadable: readonly string[];
}

/**
 * The platform as the rest of the program sees it. It is read-only: there are no other calls. A page past the
 * end of a list is empty. Failures are OperationalErrors; those callers distinguish are in `errors.ts`.
 */
export interface Platform {
  listTasks(query: TaskQuery, options: CallOptions): Promise<Page<Task>>;
  getTask(operationId: string, options: CallOptions): Promise<Task>;
  listDeviceResults(
    operationId: string,
    query: DeviceResultQuery,
    options: CallOptions,
  ): Promise<Page<DeviceResult>>;
  getDevice(deviceId: string, options: CallOptions): Promise<Device>;
}
