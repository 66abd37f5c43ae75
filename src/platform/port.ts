import type { Device, DeviceResult, KnownStatus, KnownType, Task } from '../core/task/task.ts';

/** Who a call is made for; the budget of calls ranks them (budget/call-budget.ts). */
export type Caller =
  /** Somebody waits for an answer. Null: nobody in particular, such as the check of the settings. */
  | { readonly priority: 'interactive'; readonly person: string | null }
  /** `new-failure`: the first page of failed devices of a task that just failed, which is part of its notification. */
  | { readonly priority: 'poll' | 'new-failure' | 'sweep' };

export type CallPriority = Caller['priority'];

export type CallOptions = Caller & { readonly signal?: AbortSignal };

/** Which tasks are asked for; `pageNo` counts from 0, `pageSize` is 1 to 100. */
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
  /** Absent: all. */
  readonly status?: KnownStatus;
  readonly pageNo: number;
  readonly pageSize: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Rows the platform sent, unreadable ones included: the number that tells a short page from a full one. */
  readonly received: number;
  /** All matches the platform knows of, or null where it does not say. */
  readonly total: number | null;
  /** One sentence for each row that had to be left out because it has no id. */
  readonly unreadable: readonly string[];
}

/**
 * The platform as the rest of the program sees it: reading only, since no other call exists. A page beyond the end of a
 * list is an empty page. What fails is an OperationalError; those that are told apart are in `errors.ts`.
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
