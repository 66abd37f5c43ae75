import type { Kysely } from 'kysely';
import type { Schema } from '../engine/schema.ts';

/** The workspace a channel is told for; null while nobody knows. */
export async function readChannelTeam(db: Kysely<Schema>, channel: string): Promise<string | null> {
  const row = await db
    .selectFrom('channel_team')
    .select('team')
    .where('channel', '=', channel)
    .executeTakeFirst();
  return row?.team ?? null;
}

/** Remembers the workspace of a channel nobody knew one of. */
export async function learnChannelTeam(db: Kysely<Schema>, channel: string, team: string): Promise<void> {
  await db
    .insertInto('channel_team')
    .values({ channel, team })
    .onConflict((conflict) => conflict.column('channel').doNothing())
    .execute();
}

/** Gives a channel to a workspace, whichever it belonged to before. */
export async function writeChannelTeam(db: Kysely<Schema>, channel: string, team: string): Promise<void> {
  await db
    .insertInto('channel_team')
    .values({ channel, team })
    .onConflict((conflict) => conflict.column('channel').doUpdateSet({ team }))
    .execute();
}
