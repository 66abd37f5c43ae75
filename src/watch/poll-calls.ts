import type { KnownStatus, Task } from '../core/task/task.ts';
import type { Instant } from '../lib/instant.ts';
import {
  BudgetExhaustedError,
  TaskNotFoundError,
  UnreadableTaskError,
  UnsafeIdError,
} from '../platform/errors.ts';
import type { Page, Platform } from '../platform/port.ts';

/** Tasks per page of every list the watch reads: the platform's maximum. */
export const PAGE_SIZE = 100;

/**
 * Most milliseconds a call waits for the budget. A cycle waits briefly, then leaves the rest to the next one. A sweep
 * does not wait, because a cycle that falls due would have to wait behind it.
 */
const PATIENCE = { poll: 5_000, sweep: 0 } as const;

export interface PollCallParts {
  readonly platform: Platform;
  readonly now: () => Instant;
  /** Waits; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Counts the watch's platform calls and waits briefly for the budget. */
export interface PollCalls {
  /** A page beyond the end, or beyond the highest number the platform serves, is empty. */
  page(status: KnownStatus | null, pageNo: number): Promise<Page<Task>>;
  /** Null: the platform does not know the task. An unreadable task must not keep the others from being watched. */
  task(operationId: string): Promise<Task | 'unreadable' | null>;
  made(): number;
}

/** Calls of one cycle or sweep, with its priority and its signal. */
export function createPollCalls(
  parts: PollCallParts,
  priority: keyof typeof PATIENCE,
  signal: AbortSignal,
): PollCalls {
  const { platform } = parts;
  let made = 0;
  const call = <Result>(work: () => Promise<Result>) => {
    made += 1;
    return withPatience(work, parts, PATIENCE[priority], signal);
  };
  return {
    page: (status, pageNo) =>
      call(() => {
        const query = { ...(status !== null && { status }), pageNo, pageSize: PAGE_SIZE };
        return platform.listTasks(query, { priority, signal });
      }),
    task: (operationId) =>
      call(async () => {
        try {
          return await platform.getTask(operationId, { priority, signal });
        } catch (error) {
          if (error instanceof TaskNotFoundError) return null;
          if (error instanceof UnreadableTaskError || error instanceof UnsafeIdError) return 'unreadable';
          throw error;
        }
      }),
    made: () => made,
  };
}

async function withPatience<Result>(
  work: () => Promise<Result>,
  { now, delay }: PollCallParts,
  patience: number,
  signal: AbortSignal,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const wait = error instanceof BudgetExhaustedError ? error.availableAt - now() : Number.POSITIVE_INFINITY;
    if (wait > patience) throw error;
    await delay(Math.max(wait, 0) + 1, signal);
    return await work();
  }
}
