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
  /** Reserves what cycles over the last known active tasks need, unless there is a reserve already. */
  begin(): Promise<void>;
  /** Reserves what cycles over this many active tasks need, and logs once what the settings leave no room for. */
  keepFor(active: number): Promise<void>;
  /** Whether to skip a scheduled cycle because the budget has no room for it. `sinceLast`: milliseconds. */
  tooSoon(sinceLast: number): boolean;
  /** Call when another process may have reserved something else. */
  forget(): void;
}

/** Ensures that nobody else uses up the calls that polling needs. */
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
