import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../../lib/instant.ts';
import {
  asOfNow,
  BUDGET_WINDOW,
  type CallDecision,
  decideCall,
  type MadeCall,
  madeBy,
  mayCall,
  type Remembered,
  tallyOf,
  type UsedCalls,
} from '../../platform/budget/call-budget.ts';
import type { CallLedger } from '../../platform/budget/call-ledger.ts';
import type { PollingNeed } from '../../platform/budget/polling-need.ts';
import type { Caller, CallPriority } from '../../platform/port.ts';
import { inTransaction } from '../engine/in-transaction.ts';
import type { Schema } from '../engine/schema.ts';

/** Names of the `watch_state` rows that belong to the budget. */
const THROTTLE = 'throttle';
const POLLING = 'polling';

const pollingNeed = z.object({
  cycleCalls: z.number(),
  cyclesPerMinute: z.number(),
  calls: z.number(),
  active: z.number(),
}) satisfies z.ZodType<PollingNeed>;

/**
 * The platform call budget in the store. A restart remembers the calls of the last minute, and all processes
 * count the same calls and reserve the same number for polling.
 */
export function createStoreCallLedger(
  db: Kysely<Schema>,
  settings: { readonly now: () => Instant; readonly callsPerMinute: number },
): CallLedger {
  const { now, callsPerMinute } = settings;
  return {
    take: (caller) =>
      inTransaction(
        db,
        async (tx): Promise<CallDecision> => {
          const at = now();
          await tx
            .deleteFrom('platform_call')
            .where('at', '<=', at - BUDGET_WINDOW)
            .execute();
          const { polling, blockedUntil } = await readKept(tx);
          const asked = { caller, now: at, callsPerMinute, pollingNeed: polling?.calls ?? 0 };
          const used = await countCalls(tx, caller, at);
          if (used === null || !mayCall({ ...asked, used, blockedUntil })) {
            const remembered = { calls: await recentCalls(tx, at), blockedUntil };
            const counting = asOfNow(remembered, at);
            await writeMoved(tx, remembered, counting, at);
            const decision = decideCall({ ...asked, ...counting });
            if (decision.kind === 'wait') return decision;
          }
          await tx.insertInto('platform_call').values(madeBy(caller, at)).execute();
          return { kind: 'granted' };
        },
        'calls',
      ),
    reserve: (polling) => keep(db, POLLING, JSON.stringify(polling)),
    block: (until) =>
      inTransaction(
        db,
        async (tx) => {
          const { blockedUntil } = await readKept(tx);
          await keep(tx, THROTTLE, String(Math.max(until, blockedUntil ?? 0)));
        },
        'calls',
      ),
    async usage() {
      const at = now();
      const { polling, ...kept } = await readKept(db);
      const { calls, blockedUntil } = asOfNow({ calls: await recentCalls(db, at), ...kept }, at);
      return {
        used: calls.length,
        limit: callsPerMinute,
        blockedUntil: blockedUntil !== null && blockedUntil > at ? blockedUntil : null,
        polling,
      };
    },
  };
}

/** Counts the calls of the last minute; null if one lies in the future because the clock was set back. */
async function countCalls(db: Kysely<Schema>, caller: Caller, at: Instant): Promise<UsedCalls | null> {
  const { person } = madeBy(caller, at);
  const rows = await db
    .selectFrom('platform_call')
    .select(({ fn, eb }) => [
      'priority',
      fn.countAll<number>().as('calls'),
      fn.max('at').as('newest'),
      fn.count<number>(eb.case().when('person', '=', person).then(1).end()).as('mine'),
    ])
    .where('at', '>', at - BUDGET_WINDOW)
    .groupBy('priority')
    // Only `take` writes this table, and it writes a `CallPriority`.
    .$narrowType<{ priority: CallPriority }>()
    .execute();
  if (rows.some(({ newest }) => newest > at)) return null;
  const used = tallyOf([], caller);
  for (const { priority, calls, mine } of rows) {
    used.by[priority] = calls;
    used.total += calls;
    used.bySamePerson += mine;
  }
  return used;
}

/** Stores the times that were corrected because the clock was set back. */
async function writeMoved(
  tx: Kysely<Schema>,
  before: Remembered,
  { blockedUntil }: Remembered,
  at: Instant,
): Promise<void> {
  if (before.calls.some((call) => call.at > at))
    await tx.updateTable('platform_call').set({ at }).where('at', '>', at).execute();
  if (blockedUntil !== null && blockedUntil !== before.blockedUntil)
    await keep(tx, THROTTLE, String(blockedUntil));
}

async function recentCalls(db: Kysely<Schema>, at: Instant): Promise<readonly MadeCall[]> {
  return await db
    .selectFrom('platform_call')
    .selectAll()
    .where('at', '>', at - BUDGET_WINDOW)
    // Only `take` writes this table, and it writes a `CallPriority`.
    .$narrowType<{ priority: CallPriority }>()
    .execute();
}

async function readKept(
  db: Kysely<Schema>,
): Promise<Pick<Remembered, 'blockedUntil'> & { readonly polling: PollingNeed | null }> {
  const rows = await db
    .selectFrom('watch_state')
    .select(['name', 'value'])
    .where('name', 'in', [THROTTLE, POLLING])
    .execute();
  const kept = new Map(rows.map(({ name, value }) => [name, value]));
  const [throttle, polling] = [kept.get(THROTTLE), kept.get(POLLING)];
  return {
    blockedUntil: throttle === undefined ? null : Number(throttle),
    polling: polling === undefined ? null : pollingNeed.parse(JSON.parse(polling)),
  };
}

async function keep(db: Kysely<Schema>, name: string, value: string): Promise<void> {
  await db
    .insertInto('watch_state')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
