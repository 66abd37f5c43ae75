import { type Kysely, sql } from 'kysely';
import { CLOCK_TOLERANCE } from '../../lib/wait.ts';
import { inChunks } from './chunks.ts';
import { databaseClock } from './engine.ts';
import type { Schema } from './schema.ts';

/** Who holds the leases, and for how many milliseconds from now by the database's clock. */
export interface Holder {
  readonly id: string;
  readonly milliseconds: number;
}

/**
 * Takes the leases that are free, expired or already ours, and returns them. Two processes that ask at once
 * get different ones without waiting. PostgreSQL only: a SQLite file has one process.
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
  /** Extended just now. */
  readonly renewed: readonly string[];
  /** All leases that no other process has taken. */
  readonly ours: ReadonlySet<string>;
}

/**
 * Extends our leases. Skips one that a transaction of ours has locked, so that a long transaction does not
 * delay the others.
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

/** Whether we hold a lease now. Inside a transaction, we keep it until the transaction ends. */
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

/** Releases these leases, or all of ours if `names` is null, so that others need not wait for expiry. */
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

/** Leases that end later than this were written before the database's clock was set back; nobody renews them. */
function writtenAhead({ milliseconds }: Holder) {
  return sql<number>`${databaseClock()} + ${sql.lit(milliseconds + CLOCK_TOLERANCE)}`;
}

function end({ milliseconds }: Holder) {
  return sql<number>`${databaseClock()} + ${sql.lit(milliseconds)}`;
}
