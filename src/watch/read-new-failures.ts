import { newFailures, REASONS_PATIENCE } from '../core/notification/order-of-happening.ts';
import { errorFields } from '../lib/operational-error.ts';
import { BudgetExhaustedError } from '../platform/errors.ts';
import { readThreads, wantEdits } from '../store/notification/outbox.ts';
import { endWait } from '../store/notification/wait-for-reasons.ts';
import { writeDeviceResults } from '../store/task/device-results.ts';
import { PAGE_SIZE } from './poll-calls.ts';
import { type CycleReport, spareCalls } from './run-cycle.ts';
import type { WatchParts } from './watch-parts.ts';

/** Most failures waiting for their reasons at once; in a storm, the index covers the rest. */
const MOST_DUE = 50;

export interface NewFailures {
  /** Reads what is due after a poll, and returns how many calls were made. */
  read(report: Pick<CycleReport, 'changes' | 'calls' | 'active'>, stopping: AbortSignal): Promise<number>;
}

/**
 * Reads the first failed devices of tasks that failed or are failing before they are posted, so that notifications
 * name reasons and devices. Uses only calls that the poll left over, and only for a short time. The rest is read
 * after the next poll and edited into the message.
 */
export function createNewFailures({
  db,
  platform,
  now,
  log,
}: Pick<WatchParts, 'db' | 'platform' | 'now' | 'log'>): NewFailures {
  let due: readonly string[] = [];

  async function readFirstPage(operationId: string, signal: AbortSignal): Promise<void> {
    const query = { status: 'failed', pageNo: 0, pageSize: PAGE_SIZE } as const;
    const page = await platform.listDeviceResults(operationId, query, { priority: 'new-failure', signal });
    await writeDeviceResults(db, operationId, page.items, now());
    await showFailures(db, operationId);
  }

  async function readDue(calls: number, stopping: AbortSignal): Promise<number> {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(REASONS_PATIENCE)]);
    let made = 0;
    for (const operationId of due.slice(0, calls)) {
      if (signal.aborted) break;
      const others = due.filter((one) => one !== operationId);
      try {
        made += 1;
        await readFirstPage(operationId, signal);
        due = others;
      } catch (error) {
        if (error instanceof BudgetExhaustedError) return made - 1;
        // A task that the platform is slow with must not block the others next time.
        due = signal.aborted ? [...others, operationId] : others;
        if (signal.aborted) break;
        const what = 'the failed devices of a new failure were not read; its notification goes out without';
        log.warn({ operationId, ...errorFields(error) }, what);
      }
    }
    return made;
  }

  return {
    async read(report, stopping) {
      const failures = newFailures(report.changes);
      due = [...new Set([...failures, ...due])].slice(0, MOST_DUE);
      try {
        return await readDue(spareCalls(report), stopping);
      } finally {
        await endWait(db, failures, now());
      }
    },
  };
}

/** Queues edits of the messages about a task, to show the failed devices known now. */
export async function showFailures(db: WatchParts['db'], operationId: string): Promise<void> {
  const threads = (await readThreads(db, [operationId])).get(operationId);
  await wantEdits(db, [...(threads?.values() ?? [])]);
}
