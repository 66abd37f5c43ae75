import { fromAbsence } from '../core/change/absence.ts';
import { inTransaction } from '../store/engine/in-transaction.ts';
import { readWatchState, type WatchState, writeWatchState } from '../store/platform/watch-state.ts';
import { countByStatus, readActiveIds, readStatuses } from '../store/task/tasks.ts';
import { isNews } from './is-news.ts';
import { createPollCalls, PAGE_SIZE } from './poll-calls.ts';
import { recordSnapshots } from './record-snapshots.ts';
import type { CycleParts } from './run-cycle.ts';

const NEW_ROUND = { nextPage: 0, unknown: 0, unreadable: 0 };

/** Starts reading everything the platform lists, unless a sweep is under way (it survives a restart). */
export async function beginSweep({ db, recordedAt, confirm }: CycleParts): Promise<void> {
  // This writes the whole state: without the lease it would undo what another process wrote meanwhile.
  await inTransaction(db, async (tx) => {
    await confirm(tx);
    const state = await readWatchState(tx);
    if (state.sweep === null)
      await writeWatchState(tx, { ...state, sweep: { startedAt: recordedAt(), ...NEW_ROUND } });
  });
}

export type SweepStep = 'nothing-to-do' | 'page-read' | 'ended';

/**
 * Reads the next page of the sweep. The sweep is the safety net below the cycles: list order and retention are
 * undocumented, so it finds what cycles missed. Throws what the platform call throws; the page is then read again.
 */
export async function sweepOnePage(parts: CycleParts, signal: AbortSignal): Promise<SweepStep> {
  const { db } = parts;
  const state = await readWatchState(db);
  // Before the first good cycle, old tasks cannot be told apart from news, so the sweep waits.
  if (state.sweep === null || state.lastGoodCycleAt === null) return 'nothing-to-do';
  const page = await createPollCalls(parts, 'sweep', signal).page(null, state.sweep.nextPage);
  const now = parts.recordedAt();
  const ids = new Set(page.items.map(({ operationId }) => operationId));
  const here = ids.size - (await readStatuses(db, [...ids])).size;
  const watched = await readActiveIds(db);
  const unknown = state.sweep.unknown + here;
  const last = page.received < PAGE_SIZE;
  const unreadable = state.sweep.unreadable + page.unreadable.length;
  const whole =
    last && (await allKnown(parts, state.order, { here, unknown, unreadable, total: page.total }));
  const ended = last && (whole || state.baselineAt !== null);
  const next = last ? NEW_ROUND : { nextPage: state.sweep.nextPage + 1, unknown, unreadable };
  await recordSnapshots(
    db,
    // Active tasks are left to the cycles: a sweep would report a storm in one summary per page.
    { tasks: page.items.filter(({ operationId }) => !watched.has(operationId)), gone: [] },
    {
      ...state,
      sweep: ended ? null : { ...state.sweep, ...next },
      baselineAt: state.baselineAt ?? (whole ? now : null),
      sweptAt: whole ? now : state.sweptAt,
    },
    {
      now,
      thresholds: parts.thresholds,
      newId: parts.newId,
      confirm: parts.confirm,
      isNews: (task) => isNews(task, state),
      reasonsRead: 0,
      wasAway: now - state.lastGoodCycleAt > parts.downtimeAfter ? () => true : fromAbsence(state.absence),
    },
  );
  return ended ? 'ended' : 'page-read';
}

/**
 * Whether the sweep has seen every task, so that an unknown task is new from now on. Pages of an unordered list may
 * miss tasks. The sweep then repeats until the platform's total is reached or, without a total, until a whole round
 * finds nothing unknown.
 */
async function allKnown(
  { db }: CycleParts,
  order: WatchState['order'],
  round: {
    /** Unknown tasks on the last page, which are not in the mirror yet. */
    readonly here: number;
    readonly unknown: number;
    readonly unreadable: number;
    readonly total: number | null;
  },
): Promise<boolean> {
  if (order !== 'unknown') return true;
  if (round.total === null) return round.unknown === 0;
  const known = (await countByStatus(db)).reduce((sum, { tasks }) => sum + tasks, 0);
  return known + round.here + round.unreadable >= round.total;
}
