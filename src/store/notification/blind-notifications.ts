import type { Kysely } from 'kysely';
import {
  BLIND_AFTER,
  type BlindContext,
  planBlindNotifications,
} from '../../core/notification/plan-blind-notifications.ts';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import type { Schema } from '../engine/schema.ts';
import { readBlindness, writeBlindness } from '../platform/watch-state.ts';
import { readAllHours } from '../subscription/channel-hours.ts';
import { readSubscriptions } from '../subscription/subscriptions.ts';
import { contentOf } from './notification-content.ts';
import { readRootNotification, wantEdits, writeOutbox } from './outbox.ts';

/**
 * After enough failed polls (`BLIND_AFTER`), notifies each subscribed channel once that the platform cannot
 * be read, including channels subscribed meanwhile. Call inside a transaction.
 */
export async function writeBlindNotifications(
  db: Kysely<Schema>,
  { trouble, now, newId }: Pick<BlindContext, 'trouble' | 'now' | 'newId'>,
): Promise<void> {
  const blindness = await readBlindness(db);
  if (blindness === null || blindness.cycles < BLIND_AFTER) return;
  const told = new Set(await channelsOf(db, blindness.messageIds));
  const subscribed = new Set((await readSubscriptions(db)).map(({ channel }) => channel));
  const channels = [...subscribed].filter((channel) => !told.has(channel));
  if (channels.length === 0) return;
  const hours = await readAllHours(db);
  const planned = planBlindNotifications(channels, { hours, since: blindness.since, trouble, now, newId });
  await writeOutbox(db, { ...planned, edits: [], decisions: [] });
  const messageIds = [...blindness.messageIds, ...planned.messages.map(({ id }) => id)];
  await writeBlindness(db, { ...blindness, messageIds });
}

async function channelsOf(db: Kysely<Schema>, messageIds: readonly string[]): Promise<readonly string[]> {
  const channels: string[] = [];
  for (const ids of inChunks(messageIds)) {
    const rows = await db.selectFrom('message').select('channel').where('id', 'in', ids).execute();
    channels.push(...rows.map(({ channel }) => channel));
  }
  return channels;
}

/** Adds the end of the outage to the messages that report it, and queues their edits. */
export async function endBlindNotifications(
  db: Kysely<Schema>,
  messageIds: readonly string[],
  until: Instant,
): Promise<void> {
  for (const messageId of messageIds) {
    const root = await readRootNotification(db, messageId);
    const content = root && contentOf(root);
    if (!root || content?.kind !== 'blind') continue;
    await db
      .updateTable('notification')
      .set({ content: JSON.stringify({ ...content, until }) })
      .where('seq', '=', root.seq)
      .execute();
  }
  await wantEdits(db, messageIds);
}
