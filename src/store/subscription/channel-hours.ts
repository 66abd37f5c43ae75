import type { Kysely } from 'kysely';
import { type ChannelHours, NO_HOURS } from '../../core/subscription/subscription.ts';
import type { ChannelHoursTable, Schema } from '../engine/schema.ts';

/** The hours of all channels that have any. */
export async function readAllHours(db: Kysely<Schema>): Promise<ReadonlyMap<string, ChannelHours>> {
  const rows = await db.selectFrom('channel_hours').selectAll().execute();
  return new Map(rows.map((row) => [row.channel, toHours(row)]));
}

/** The hours somebody set for a channel; null where nobody did. */
export async function readHoursSet(db: Kysely<Schema>, channel: string): Promise<ChannelHours | null> {
  const row = await db
    .selectFrom('channel_hours')
    .selectAll()
    .where('channel', '=', channel)
    .executeTakeFirst();
  return row ? toHours(row) : null;
}

/** The hours of one channel; without any it is never quiet and has no digest. */
export async function readHours(db: Kysely<Schema>, channel: string): Promise<ChannelHours> {
  return (await readHoursSet(db, channel)) ?? NO_HOURS;
}

/** Keeps a channel's hours. A changed digest begins after `digestDay`, the local day whose digest counts as told. */
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

/** Forgets a channel's hours: it is never quiet any more and has no digest. Returns whether it had any. */
export async function deleteHours(db: Kysely<Schema>, channel: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('channel_hours')
    .where('channel', '=', channel)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows) > 0;
}

/** The local day whose digest a channel was told last. */
export async function readDigestDay(db: Kysely<Schema>, channel: string): Promise<string | null> {
  const row = await db
    .selectFrom('channel_hours')
    .select('digest_day')
    .where('channel', '=', channel)
    .executeTakeFirst();
  return row?.digest_day ?? null;
}

/** Remembers that the digest of a local day was told. */
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
