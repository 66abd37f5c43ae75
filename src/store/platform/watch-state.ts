import type { Kysely } from 'kysely';
import { z } from 'zod';
import { LIST_ORDERS } from '../../core/task/list-order.ts';
import type { Schema } from '../engine/schema.ts';

const endedList = z.object({
  /** How many tasks the platform said the list holds, at the last look. */
  total: z.number().nullable(),
  /** The page at which looking deeper goes on; null when nothing is looked for. */
  nextPage: z.number().nullable(),
  /** Tasks counted in the total that a walk through the whole list did not turn up: they are not chased again. */
  settled: z.number().default(0),
});

/** What is remembered of one list of ended tasks. */
export type EndedList = z.infer<typeof endedList>;

const watchState = z.object({
  /** End of the last cycle in which the active lists were read whole. */
  lastGoodCycleAt: z.number().nullable().default(null),
  /** When every task the platform lists had been read once. Before that, unknown ended tasks may simply be old. */
  baselineAt: z.number().nullable().default(null),
  /** When a sweep last met every task the platform lists. */
  sweptAt: z.number().nullable().default(null),
  /** The last time in which nobody watched (core/change/absence.ts); null before the first. */
  absence: z
    .object({ from: z.number(), until: z.number(), missed: z.array(z.string()).readonly() })
    .nullable()
    .default(null),
  /** The newest `createTime` known when watching began. */
  newestAtStart: z.number().nullable().default(null),
  order: z.enum(LIST_ORDERS).default('unknown'),
  /** The next page of the sweep under way, and when that began; null when none is. */
  sweep: z
    .object({
      nextPage: z.number(),
      startedAt: z.number(),
      /** Tasks it found that the mirror did not know: where there were some, there may be more. */
      unknown: z.number().default(0),
      /** Rows it could not read: the platform counts them, the mirror does not. */
      unreadable: z.number().default(0),
    })
    .nullable()
    .default(null),
  ended: z.record(z.string(), endedList).default({}),
});

/** What the watch remembers between cycles and over restarts. */
export type WatchState = z.infer<typeof watchState>;

/** The remembered state; on an empty store everything is unknown. */
export async function readWatchState(db: Kysely<Schema>): Promise<WatchState> {
  const row = await db
    .selectFrom('watch_state')
    .select('value')
    .where('name', '=', 'watch')
    .executeTakeFirst();
  return watchState.parse(row ? JSON.parse(row.value) : {});
}

export async function writeWatchState(db: Kysely<Schema>, state: WatchState): Promise<void> {
  const value = JSON.stringify(state);
  await db
    .insertInto('watch_state')
    .values({ name: 'watch', value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
