import { type Kysely, sql } from 'kysely';
import { CLOCK_TOLERANCE } from '../../lib/wait.ts';
import { inChunks } from './chunks.ts';
import { databaseClock } from './engine.ts';
import type { Schema } from './schema.ts';

/** Whose leases, and for how long from now in milliseconds, by the database's clock. */
export interface Holder {
  readonly id: string;
  readonly milliseconds: number;
}

/**
 * Takes those of these leases that are free, over or ours already, and returns them. Two processes that ask at the same
 * moment get different ones and wait for nobody. PostgreSQL only: a SQLite file has one process.
 */
export async function claimLeases(
  db: Kysely<Schema>,
  names: readonly string[],
  holder: Holder,
): Promise<readonly string[]> {
  const claimed: string[] = [];
  for (const some of inChunks(names)) {
    await db
      .insertInto('lease')
      .values(some.map((name) => ({ name, holder: '', until: 0 })))
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    const rows = await db
      .updateTable('lease')
      .set({ holder: holder.id, until: end(holder) })
      .where('name', 'in', (eb) =>
        eb
          .selectFrom('lease')
          .select('name')
          .where('name', 'in', some)
          .where((one) =>
            one.or([
              one('until', '<=', databaseClock()),
              one('until', '>', writtenAhead(holder)),
              one('holder', '=', holder.id),
            ]),
          )
          .forUpdate()
          .skipLocked(),
      )
      .returning('name')
      .execute();
    claimed.push(...rows.map(({ name }) => name));
  }
  return claimed;
}

export interface Renewed {
  /** Ours for another while. */
  readonly renewed: readonly string[];
  /** All that nobody else has taken. */
  readonly ours: ReadonlySet<string>;
}

/**
 * Keeps what is ours for another while. One that a transaction of ours holds just now is left as it is: a long one must not
 * keep all the others from being renewed.
 */
export async function renewLeases(db: Kysely<Schema>, holder: Holder): Promise<Renewed> {
  const renewed = await db
    .updateTable('lease')
    .set({ until: end(holder) })
    .where('name', 'in', (eb) =>
      eb.selectFrom('lease').select('name').where('holder', '=', holder.id).forUpdate().skipLocked(),
    )
    .returning('name')
    .execute();
  const ours = await db.selectFrom('lease').select('name').where('holder', '=', holder.id).execute();
  return { renewed: renewed.map(({ name }) => name), ours: new Set(ours.map(({ name }) => name)) };
}

/** Whether a lease is ours now; inside a transaction it stays ours to its end. */
export async function holdLease(db: Kysely<Schema>, name: string, holder: string): Promise<boolean> {
  const row = await db
    .selectFrom('lease')
    .select('name')
    .where('name', '=', name)
    .where('holder', '=', holder)
    .where('until', '>', databaseClock())
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Gives leases back, all of ours where none is named: others need not wait until they are over. */
export async function releaseLeases(
  db: Kysely<Schema>,
  holder: string,
  names: readonly string[] | null = null,
): Promise<void> {
  await db
    .deleteFrom('lease')
    .where('holder', '=', holder)
    .$if(names !== null, (query) => query.where('name', 'in', names ?? []))
    .execute();
}

/** What lies further ahead than any lease does was written before the database's clock was set back: nobody renews it. */
function writtenAhead({ milliseconds }: Holder) {
  return sql<number>`${databaseClock()} + ${sql.lit(milliseconds + CLOCK_TOLERANCE)}`;
}

function end({ milliseconds }: Holder) {
  return sql<number>`${databaseClock()} + ${sql.lit(milliseconds)}`;
}
