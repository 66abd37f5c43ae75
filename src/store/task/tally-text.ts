import { COUNTERS } from '../../core/task/tally.ts';
import type { Tally } from '../../core/task/task.ts';

/** The seven counters as a line of history keeps them: `240,12,5,200,22,,1`. An unknown one is left empty. */
export function tallyText(tally: Tally): string {
  return COUNTERS.map((counter) => tally[counter] ?? '').join();
}

/** Reads what `tallyText` wrote. */
export function tallyOf(text: string): Tally {
  const [total, waiting, running, succeeded, failed, stopped, timedOut] = text.split(',').map(toCount);
  return {
    total: total ?? null,
    waiting: waiting ?? null,
    running: running ?? null,
    succeeded: succeeded ?? null,
    failed: failed ?? null,
    stopped: stopped ?? null,
    timedOut: timedOut ?? null,
  };
}

function toCount(text: string): number | null {
  return text === '' ? null : Number(text);
}
