import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Trouble } from '../../core/question/answer.ts';
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
  return watchState.parse((await readValue(db, 'watch')) ?? {});
}

export async function writeWatchState(db: Kysely<Schema>, state: WatchState): Promise<void> {
  await writeValue(db, 'watch', state);
}

const blindness = z.object({
  /** The end of the last look that saw everything, or the first look that failed. */
  since: z.number(),
  /** Looks that failed one after the other. */
  cycles: z.number(),
  /** The messages that tell it. */
  messageIds: z.array(z.string()),
});

/** Looks at the platform that fail one after the other. */
export type Blindness = z.infer<typeof blindness>;

/** Null: the last look that ended saw the platform. */
export async function readBlindness(db: Kysely<Schema>): Promise<Blindness | null> {
  return blindness.nullable().parse(await readValue(db, 'blind'));
}

export async function writeBlindness(db: Kysely<Schema>, state: Blindness | null): Promise<void> {
  await writeValue(db, 'blind', state);
}

const trouble = z.object({ message: z.string(), advice: z.string() });

/** What the last look at the platform failed of, in whatever process that was; null when it did not. */
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

/** Null forgets it. */
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
