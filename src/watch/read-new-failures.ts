import { errorFields } from '../core/error-fields.ts';
import { inOrderOfHappening } from '../core/order-of-happening.ts';
import { failedDevices } from '../core/tally.ts';
import { BudgetExhaustedError } from '../platform/errors/budget-exhausted-error.ts';
import { writeDeviceResults } from '../store/device-results.ts';
import { readThreads, wantEdits } from '../store/outbox.ts';
import { PAGE_SIZE } from './poll-calls.ts';
import type { CycleReport } from './run-cycle.ts';
import type { WatchParts } from './start-watch.ts';

/** A notice waits this long for its reasons at the most, in milliseconds: it is told within a second of the look. */
const PATIENCE = 700;

/**
 * Reads the first failed devices of tasks that failed or begin to fail in this look, before they are told, so that their
 * notices name reasons and devices. With at most so many calls and for a short time only: what does not come in time is
 * edited into the message by the index. Returns how many calls were made.
 */
export async function readNewFailures(
  { db, platform, now, log }: Pick<WatchParts, 'db' | 'platform' | 'now' | 'log'>,
  { changes }: Pick<CycleReport, 'changes'>,
  calls: number,
  stopping: AbortSignal,
): Promise<number> {
  // In the order they are told: what is posted first has its reasons first.
  const failing = inOrderOfHappening(changes)
    .filter(({ task }) => (failedDevices(task.tally) ?? 0) > 0)
    .filter((one) => one.changes.some(({ kind }) => kind === 'failed' || kind === 'failing'));
  const first = failing.slice(0, Math.max(0, calls)).map(({ task }) => task.operationId);
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(PATIENCE)]);
  let made = 0;
  for (const operationId of first) {
    if (signal.aborted) break;
    try {
      made += 1;
      const query = { status: 'fail', pageNo: 0, pageSize: PAGE_SIZE };
      const page = await platform.listDeviceResults(operationId, query, { priority: 'sweep', signal });
      await writeDeviceResults(db, operationId, page.items, now());
      await showFailures(db, operationId);
    } catch (error) {
      if (signal.aborted || error instanceof BudgetExhaustedError) break;
      const what = 'the failed devices of a new failure were not read; its notice goes out without';
      log.warn({ operationId, ...errorFields(error) }, what);
    }
  }
  return made;
}

/** Has the messages about a task show the failed devices that are known now. */
export async function showFailures(db: WatchParts['db'], operationId: string): Promise<void> {
  const threads = (await readThreads(db, [operationId])).get(operationId);
  await wantEdits(db, [...(threads?.values() ?? [])]);
}
