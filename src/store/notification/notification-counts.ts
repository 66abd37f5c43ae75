import type { Kysely } from 'kysely';
import type { Schema } from '../engine/schema.ts';

export interface NoticeCounts {
  readonly waiting: number;
  /** Sent, but its answer was lost and is still being looked for. */
  readonly undecided: number;
  /** Kept for a closed channel, or refused by Slack in every form. */
  readonly suspended: number;
  /** Held by quiet hours or a mute. */
  readonly held: number;
  /** Posted a second time, perhaps: nobody could tell whether they had arrived. */
  readonly repeated: number;
}

/** How many notices are not settled, by why. */
export async function countNotices(db: Kysely<Schema>): Promise<NoticeCounts> {
  const rows = await db
    .selectFrom('notice')
    .select(({ fn }) => ['state', fn.countAll<number | string>().as('notices')])
    .where('state', 'in', ['pending', 'sending', 'suspended', 'refused', 'held'])
    .groupBy('state')
    .execute();
  const of = (state: string) => Number(rows.find((row) => row.state === state)?.notices ?? 0);
  const doubtful = await db
    .selectFrom('notice')
    .select(({ fn }) => fn.countAll<number | string>().as('notices'))
    .where('doubtful', '=', 1)
    .where('state', '=', 'sent')
    .executeTakeFirst();
  return {
    waiting: of('pending'),
    undecided: of('sending'),
    suspended: of('suspended') + of('refused'),
    held: of('held'),
    repeated: Number(doubtful?.notices ?? 0),
  };
}
