import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Trouble } from '../../core/question/answer.ts';
import { LIST_ORDERS } from '../../core/task/list-order.ts';
import type { Schema } from '../engine/schema.ts';

const endedList = z.object({
  /** The list's total at the last poll, according to the platform. */
  total: z.number().nullable(),
  /** The page where the search in depth continues; null if there is none. */
  nextPage: z.number().nullable(),
  /** Tasks in the total that a pass through the whole list did not find. They are not searched for again. */
  settled: z.number().default(0),
});

/** What is remembered of one list of ended tasks. */
export type EndedList = z.infer<typeof endedList>;

const watchState = z.object({
  /** End of the last cycle that read the active lists completely. */
  lastGoodCycleAt: z.number().nullable().default(null),
  /** When every task the platform lists had been read once. Before that, unknown ended tasks may simply be old. */
  baselineAt: z.number().nullable().default(null),
  /** When a sweep last covered every task the platform lists. */
  sweptAt: z.number().nullable().default(null),
  /** The last period without a watch (core/change/absence.ts); null before the first. */
  absence: z
    .object({ from: z.number(), until: z.number(), missed: z.array(z.string()).readonly() })
    .nullable()
    .default(null),
  /** The newest `createTime` known when watching began. */
  newestAtStart: z.number().nullable().default(null),
  order: z.enum(LIST_ORDERS).default('unknown'),
  /** Next page and start time of the current sweep; null if none is running. */
  sweep: z
    .object({
      nextPage: z.number(),
      startedAt: z.number(),
      /** Tasks it found that the mirror did not know. If there were any, there may be more. */
      unknown: z.number().default(0),
      /** Rows it could not read: the platform counts them, the mirror does not. */
      unreadable: z.number().default(0),
    })
    .nullable()
    .default(null),
  ended: z.record(z.string(), endedList).default({}),
});

/** What the watch remembers between cycles and across restarts. */
export type WatchState = z.infer<typeof watchState>;

/** The stored state; in an empty store everything is unknown. */
export async function readWatchState(db: Kysely<Schema>): Promise<WatchState> {
  return watchState.parse((await readValue(db, 'watch')) ?? {});
}

export async function writeWatchState(db: Kysely<Schema>, state: WatchState): Promise<void> {
  await writeValue(db, 'watch', state);
}

const blindness = z.object({
  /** End of the last complete poll, or else the time of the first failed one. */
  since: z.number(),
  /** Consecutive failed polls. */
  cycles: z.number(),
  /** The messages that report it. */
  messageIds: z.array(z.string()),
});

/** A series of consecutive failed polls of the platform. */
export type Blindness = z.infer<typeof blindness>;

/** Null if the last finished poll could read the platform. */
export async function readBlindness(db: Kysely<Schema>): Promise<Blindness | null> {
  return blindness.nullable().parse(await readValue(db, 'blind'));
}

export async function writeBlindness(db: Kysely<Schema>, state: Blindness | null): Promise<void> {
  await writeValue(db, 'blind', state);
}

const trouble = z.object({ message: z.string(), advice: z.string() });

/** Why the last poll of the platform failed, in any process; null if it did not. */
export async function readLastTrouble(db: Kysely<Schema>): Promise<Trouble | null> {
  return trouble.nullable().parse(await readValue(db, 'trouble'));
}

export async function writeLastTrouble(db: Kysely<Schema>, last: Trouble | null): Promise<void> {
  await writeValue(db, 'trouble', last && { message: last.message, advice: last.advice });
}

async function readValue(db: Kysely<Schema>, name: string): Promise<unknown> {
  const row = await db.selectFrom('watch_state').select('value').where('name', '=', name).executeTakeFirst();
  return row ? JSON.parse(row.value) : null;
}

/** Null deletes it. */
async function writeValue(db: Kysely<Schema>, name: string, state: object | null): Promise<void> {
  if (state === null) {
    await db.deleteFrom('watch_state').where('name', '=', name).execute();
    return;
  }
  const value = JSON.stringify(state);
  await db
    .insertInto('watch_state')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
