import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { NextRun } from '../lib/cron.ts';
import type { Instant } from '../lib/instant.ts';
import { budgetTroubles, paceOfCycles } from '../platform/budget/budget-troubles.ts';
import type { CallLedger } from '../platform/budget/call-ledger.ts';
import { densityOf, type PollingNeed, pollingNeed } from '../platform/budget/polling-need.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readActiveIds } from '../store/task/tasks.ts';

export interface ReserveParts {
  readonly db: Kysely<Schema>;
  readonly ledger: Pick<CallLedger, 'reserve'>;
  readonly callsPerMinute: number;
  readonly polls: NextRun;
  readonly now: () => Instant;
  readonly log: Logger;
}

export interface Reserve {
  /** Keeps what cycles over the tasks that were active last need, where nothing is kept yet. */
  begin(): Promise<void>;
  /** Keeps what cycles over so many active tasks need, and says once what the settings do not allow then. */
  keepFor(active: number): Promise<void>;
  /** Whether a cycle on schedule is to be left out, since the budget has no room for so many. */
  tooSoon(sinceLast: number): boolean;
  /** Another process may have kept something else since. */
  forget(): void;
}

/** Sees to it that nobody else uses up the calls that polling needs. */
export function createReserve({ db, ledger, callsPerMinute, polls, now, log }: ReserveParts): Reserve {
  const density = densityOf(polls, now());
  let kept: PollingNeed | null = null;
  let named = '';

  function name(need: PollingNeed): void {
    const troubles = budgetTroubles(callsPerMinute, need);
    const codes = troubles.map(({ code }) => code).join();
    if (codes === named) return;
    named = codes;
    for (const { code, message, advice } of troubles) log.warn({ code, advice }, message);
    if (troubles.length === 0) log.info('the budget of platform calls has room for everything again');
  }

  async function keepFor(active: number): Promise<void> {
    if (kept?.active === active) return;
    const need = pollingNeed(active, density);
    name(need);
    await ledger.reserve(need);
    kept = need;
  }

  return {
    async begin() {
      if (kept === null) await keepFor((await readActiveIds(db)).size);
    },
    keepFor,
    tooSoon: (sinceLast) => kept !== null && sinceLast < paceOfCycles(callsPerMinute, kept),
    forget() {
      kept = null;
      named = '';
    },
  };
}
