import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

export interface NoticeCounts {
  readonly waiting: number;
  /** Sent, but its answer was lost and is still being looked for. */
  readonly undecided: number;
  readonly suspended: number;
}

/** How many notices are not settled, by why. */
export async function countNotices(db: Kysely<Schema>): Promise<NoticeCounts> {
  const rows = await db
    .selectFrom('notice')
    .select(({ fn }) => ['state', fn.countAll<number | string>().as('notices')])
    .where('state', 'in', ['pending', 'sending', 'suspended'])
    .groupBy('state')
    .execute();
  const of = (state: string) => Number(rows.find((row) => row.state === state)?.notices ?? 0);
  return { waiting: of('pending'), undecided: of('sending'), suspended: of('suspended') };
}
