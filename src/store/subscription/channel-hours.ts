import type { Kysely } from 'kysely';
import { type ChannelHours, NO_HOURS } from '../../core/subscription/subscription.ts';
import type { ChannelHoursTable, Schema } from '../engine/schema.ts';

/** Hours of all channels that have any. */
export async function readAllHours(db: Kysely<Schema>): Promise<ReadonlyMap<string, ChannelHours>> {
  const rows = await db.selectFrom('channel_hours').selectAll().execute();
  return new Map(rows.map((row) => [row.channel, toHours(row)]));
}

/** The hours set for a channel; null if none are set. */
export async function readHoursSet(db: Kysely<Schema>, channel: string): Promise<ChannelHours | null> {
  const row = await db
    .selectFrom('channel_hours')
    .selectAll()
    .where('channel', '=', channel)
    .executeTakeFirst();
  return row ? toHours(row) : null;
}

/** A channel's hours. By default it has no quiet hours and no digest. */
export async function readHours(db: Kysely<Schema>, channel: string): Promise<ChannelHours> {
  return (await readHoursSet(db, channel)) ?? NO_HOURS;
}

/** Saves a channel's hours. A changed digest starts after the local day `digestDay`, which counts as done. */
export async function writeHours(
  db: Kysely<Schema>,
  channel: string,
  hours: ChannelHours,
  digestDay: string | null,
): Promise<void> {
  const row = {
    quiet_from: hours.quiet?.from ?? null,
    quiet_until: hours.quiet?.until ?? null,
    digest_at: hours.digestAt,
    zone: hours.zone,
    digest_day: digestDay,
  };
  await db
    .insertInto('channel_hours')
    .values({ channel, ...row })
    .onConflict((conflict) => conflict.column('channel').doUpdateSet(row))
    .execute();
}

/** Deletes a channel's hours: no more quiet hours, no digest. Returns whether it had any. */
export async function deleteHours(db: Kysely<Schema>, channel: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('channel_hours')
    .where('channel', '=', channel)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows) > 0;
}

/** The local day of a channel's last digest; null if there was none. */
export async function readDigestDay(db: Kysely<Schema>, channel: string): Promise<string | null> {
  const row = await db
    .selectFrom('channel_hours')
    .select('digest_day')
    .where('channel', '=', channel)
    .executeTakeFirst();
  return row?.digest_day ?? null;
}

/** Records the local day of the last digest. */
export async function writeDigestDay(db: Kysely<Schema>, channel: string, day: string): Promise<void> {
  await db.updateTable('channel_hours').set({ digest_day: day }).where('channel', '=', channel).execute();
}

function toHours(row: ChannelHoursTable): ChannelHours {
  const { quiet_from: from, quiet_until: until } = row;
  return {
    quiet: from === null || until === null ? null : { from, until },
    digestAt: row.digest_at,
    zone: row.zone,
  };
}
