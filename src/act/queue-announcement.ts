import type { Kysely } from 'kysely';
import type { SubscriptionParts } from '../ask/parts.ts';
import type { PlannedNotification } from '../core/notification/planned-notification.ts';
import { inTransaction } from '../store/engine/in-transaction.ts';
import type { Schema } from '../store/engine/schema.ts';
import { writeOutbox } from '../store/notification/outbox.ts';

/** A rendered Slack message. */
interface Announcement {
  readonly text: string;
  readonly blocks: readonly unknown[];
}

/** Queues a post about what people changed in a channel: it appears once, in order, even after a crash. */
export async function queueAnnouncement(
  { db, now, newId }: Pick<SubscriptionParts, 'db' | 'now' | 'newId'>,
  channel: string,
  { text, blocks }: Announcement,
): Promise<void> {
  const at = now();
  const notification: PlannedNotification = {
    id: newId(),
    channel,
    place: 'note',
    operationId: null,
    messageId: null,
    broadcast: false,
    happenedAt: at,
    noticedAt: at,
    content: { kind: 'announcement', text, blocks },
    hold: null,
  };
  await inTransaction(db, (tx) =>
    writeOutbox(tx, { messages: [], notifications: [notification], edits: [], decisions: [] }),
  );
}

/** Whether an earlier announcement is still queued: posting directly would overtake it. */
export async function isAnnouncementWaiting(db: Kysely<Schema>, channel: string): Promise<boolean> {
  const row = await db
    .selectFrom('notification')
    .select('seq')
    .where('state', 'in', ['pending', 'sending'])
    .where('channel', '=', channel)
    .where('kind', '=', 'announcement')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
