import type { Kysely, Transaction } from 'kysely';
import { BUDGET_WINDOW, type CallDecision, decideCall } from '../core/call-budget.ts';
import type { CallPriority } from '../core/platform.ts';
import type { Instant } from '../core/task.ts';
import type { CallLedger } from '../platform/call-ledger.ts';
import { inTransaction } from './in-transaction.ts';
import type { Schema } from './schema.ts';

const THROTTLE = 'throttle';

/**
 * The budget of platform calls, kept in the store so that a restart does not forget the calls of the last minute and
 * every process counts the same ones.
 */
export function createStoreCallLedger(
  db: Kysely<Schema>,
  settings: { readonly now: () => Instant; readonly callsPerMinute: number },
): CallLedger {
  const { now, callsPerMinute } = settings;
  const recentCalls = async (tx: Kysely<Schema>, at: Instant) => {
    const rows = await tx
      .selectFrom('platform_call')
      .selectAll()
      .where('at', '>', at - BUDGET_WINDOW)
      .execute();
    // Only `take` writes this table, and it writes a `CallPriority`.
    return rows.map((row) => ({ at: row.at, priority: row.priority as CallPriority }));
  };
  return {
    take: (priority) =>
      inTransaction(
        db,
        async (tx): Promise<CallDecision> => {
          const at = now();
          await tx
            .deleteFrom('platform_call')
            .where('at', '<=', at - BUDGET_WINDOW)
            .execute();
          const calls = await recentCalls(tx, at);
          const blockedUntil = await readBlock(tx);
          const decision = decideCall({ calls, blockedUntil, priority, now: at, callsPerMinute });
          if (decision.kind === 'granted')
            await tx.insertInto('platform_call').values({ at, priority }).execute();
          return decision;
        },
        'calls',
      ),
    block: (until) =>
      inTransaction(
        db,
        async (tx) => {
          const value = String(Math.max(until, (await readBlock(tx)) ?? 0));
          await tx
            .insertInto('watch_state')
            .values({ name: THROTTLE, value })
            .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
            .execute();
        },
        'calls',
      ),
    async usage() {
      const at = now();
      const blockedUntil = await readBlock(db);
      return {
        used: (await recentCalls(db, at)).length,
        limit: callsPerMinute,
        blockedUntil: blockedUntil !== null && blockedUntil > at ? blockedUntil : null,
      };
    },
  };
}

async function readBlock(db: Kysely<Schema> | Transaction<Schema>): Promise<Instant | null> {
  const row = await db
    .selectFrom('watch_state')
    .select('value')
    .where('name', '=', THROTTLE)
    .executeTakeFirst();
  return row ? Number(row.value) : null;
}
