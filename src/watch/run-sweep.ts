import { PageBeyondLimitError } from '../platform/errors/page-beyond-limit-error.ts';
import { readWatchState, writeWatchState } from '../store/watch-state.ts';
import { isNews } from './is-news.ts';
import { createPollCalls, PAGE_SIZE } from './poll-calls.ts';
import { recordSights } from './record-sights.ts';
import type { CycleParts } from './run-cycle.ts';

/** Begins a reading of everything the platform lists, unless one is under way (a restart goes on where it was). */
export async function beginSweep({ db, now }: CycleParts): Promise<void> {
  const state = await readWatchState(db);
  if (state.sweep === null) await writeWatchState(db, { ...state, sweep: { nextPage: 0, startedAt: now() } });
}

export type SweepStep = 'nothing-to-do' | 'page-read' | 'ended';

/**
 * Reads the next page of the sweep. It is the net below the cycles: list order and retention are undocumented, so what
 * the cycles could not see is found here. Throws what the platform call throws; the page is then read again.
 */
export async function sweepOnePage(parts: CycleParts, signal: AbortSignal): Promise<SweepStep> {
  const { db } = parts;
  const state = await readWatchState(db);
  // Before the first good cycle nothing can be told from news, so the sweep waits for it.
  if (state.sweep === null || state.lastGoodCycleAt === null) return 'nothing-to-do';
  const page = await createPollCalls(parts, 'sweep', signal)
    .page(null, state.sweep.nextPage)
    .catch((error: unknown) => {
      if (error instanceof PageBeyondLimitError) return { items: [], received: 0 };
      throw error;
    });
  const now = parts.now();
  const ended = page.received < PAGE_SIZE;
  await recordSights(
    db,
    { tasks: page.items, gone: [] },
    {
      ...state,
      sweep: ended ? null : { ...state.sweep, nextPage: state.sweep.nextPage + 1 },
      baselineAt: state.baselineAt ?? (ended ? now : null),
    },
    {
      now,
      thresholds: parts.thresholds,
      newId: parts.newId,
      isNews: (task) => isNews(task, state),
      away: now - state.lastGoodCycleAt > parts.downtimeAfter,
    },
  );
  return ended ? 'ended' : 'page-read';
}
