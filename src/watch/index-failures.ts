import { errorFields } from '../lib/operational-error.ts';
import { BudgetExhaustedError, TaskNotFoundError, UnsafeIdError } from '../platform/errors.ts';
import { markDevicesRead, readNextUnreadFailures, writeDeviceResults } from '../store/task/device-results.ts';
import { REMEMBERED } from '../store/task/prune.ts';
import type { WatchHold } from './hold-watch.ts';
import { PAGE_SIZE } from './poll-calls.ts';
import { showFailures } from './read-new-failures.ts';
import { type CycleReport, spareCalls } from './run-cycle.ts';
import type { WatchParts } from './watch-parts.ts';

/** Most of a cycle's spare calls that may go into the index of failed devices. */
const INDEX_CALLS = 2;

/** Progress in reading one task's failed devices. Kept in memory: after a restart it starts over. */
export interface IndexPosition {
  readonly operationId: string;
  readonly pageNo: number;
}

type IndexParts = Pick<WatchParts, 'db' | 'platform' | 'now' | 'log'>;

/** Continues indexing after each cycle, as long as this process watches. */
export function createIndexing(
  parts: IndexParts,
  hold: Pick<WatchHold, 'isOurs' | 'whileOurs'>,
): (report: CycleReport) => Promise<void> {
  let position: IndexPosition | null = null;
  return async (report) => {
    if (!hold.isOurs()) return;
    const calls = Math.min(INDEX_CALLS, spareCalls(report));
    position = await indexFailures(parts, position, calls, hold.whileOurs());
  };
}

interface IndexStep {
  readonly position: IndexPosition | null;
  /** False: the failures of every ended task are known. */
  readonly more: boolean;
}

/**
 * Reads failed devices into the index by device, newest failures first, with at most `calls` calls. The platform
 * cannot be queried by device, so failures are read in advance. Uses only calls that polling leaves over, and stops
 * for now on any error. Returns where to continue.
 */
export async function indexFailures(
  parts: IndexParts,
  start: IndexPosition | null,
  calls: number,
  signal: AbortSignal,
): Promise<IndexPosition | null> {
  let position = start;
  try {
    for (let call = 0; call < calls && !signal.aborted; call += 1) {
      const step = await readPage(parts, position, signal);
      position = step.position;
      if (!step.more) break;
    }
  } catch (error) {
    if (!signal.aborted && !(error instanceof BudgetExhaustedError)) {
      parts.log.warn(
        errorFields(error),
        'failed devices were not read; it is tried again after the next cycle',
      );
    }
  }
  return position;
}

async function readPage(
  { db, platform, now }: IndexParts,
  position: IndexPosition | null,
  signal: AbortSignal,
): Promise<IndexStep> {
  const operationId = position?.operationId ?? (await readNextUnreadFailures(db, now() - REMEMBERED));
  if (operationId === undefined) return { position: null, more: false };
  const pageNo = position?.pageNo ?? 0;
  const page = await platform
    .listDeviceResults(
      operationId,
      { status: 'failed', pageNo, pageSize: PAGE_SIZE },
      { priority: 'sweep', signal },
    )
    .catch((error: unknown) => {
      // The task is gone or can never be requested. What was read is all there is, and it must not block the next tasks.
      if (error instanceof TaskNotFoundError || error instanceof UnsafeIdError) {
        return { items: [], received: 0 };
      }
      throw error;
    });
  await writeDeviceResults(db, operationId, page.items, now());
  if (page.received >= PAGE_SIZE) return { position: { operationId, pageNo: pageNo + 1 }, more: true };
  await markDevicesRead(db, operationId, 'failed', now());
  await showFailures(db, operationId);
  return { position: null, more: true };
}
