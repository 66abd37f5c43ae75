import type { Kysely } from 'kysely';
import { type ChannelHours, NO_HOURS } from '../core/subscription.ts';
import type { Schema } from './schema.ts';

/** The hours of all channels that have any. */
export async function readAllHours(db: Kysely<Schema>): Promise<ReadonlyMap<string, ChannelHours>> {
  const rows = await db.selectFrom('channel_hours').selectAll().execute();
  return new Map(
    rows.map((row) => [
      row.channel,
      {
        quiet:
          row.quiet_from === null || row.quiet_until === null
            ? null
            : { from: row.quiet_from, until: row.quiet_until },
        digestAt: row.digest_at,
        zone: row.zone,
      },
    ]),
  );
}

/** The hours of one channel; without any it is never quiet and has no digest. */
export async function readHours(db: Kysely<Schema>, channel: string): Promise<ChannelHours> {
  return (await readAllHours(db)).get(channel) ?? NO_HOURS;
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
