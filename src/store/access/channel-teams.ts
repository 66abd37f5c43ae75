import type { Kysely } from 'kysely';
import type { Schema } from '../engine/schema.ts';

/** The workspace whose installation serves a channel; null if unknown. */
export async function readChannelTeam(db: Kysely<Schema>, channel: string): Promise<string | null> {
  const row = await db
    .selectFrom('channel_team')
    .select('team')
    .where('channel', '=', channel)
    .executeTakeFirst();
  return row?.team ?? null;
}

/** Records a channel's workspace, unless one is already known. */
export async function learnChannelTeam(db: Kysely<Schema>, channel: string, team: string): Promise<void> {
  await db
    .insertInto('channel_team')
    .values({ channel, team })
    .onConflict((conflict) => conflict.column('channel').doNothing())
    .execute();
}

/** Assigns a channel to a workspace, replacing any earlier one. */
export async function writeChannelTeam(db: Kysely<Schema>, channel: string, team: string): Promise<void> {
  await db
    .insertInto('channel_team')
    .values({ channel, team })
    .onConflict((conflict) => conflict.column('channel').doUpdateSet({ team }))
    .execute();
}
