import type { Kysely } from 'kysely';
import type { NotificationContent } from '../../core/notification/notification-content.ts';
import type { Instant } from '../../lib/instant.ts';
import { inTransaction } from '../engine/in-transaction.ts';
import type { NotificationRow } from '../engine/outbox-schema.ts';
import type { Schema } from '../engine/schema.ts';
import { plannedNotificationOf } from './held-notifications.ts';
import { isOfTask, makeRoot } from './make-root.ts';
import { contentOf } from './notification-content.ts';
import { forgetRoot, readRootNotification, writeOutbox } from './outbox.ts';

/** For reposting a message: the id of the new notification, and the current time. */
export interface Anew {
  readonly id: string;
  readonly now: Instant;
}

/**
 * Handles a reply that Slack posted outside its thread because the root message is gone. A reply about a task
 * becomes the task's root, so nothing is posted twice. A part of a summary becomes a note, and the next part
 * reposts the summary. Call inside the transaction that records it as sent.
 */
export async function keepLoose(
  db: Kysely<Schema>,
  seq: number,
  posted: { readonly ts: string; readonly at: Instant },
): Promise<void> {
  const reply = await db
    .selectFrom('notification')
    .selectAll()
    .where('seq', '=', seq)
    .executeTakeFirstOrThrow();
  if (reply.message_id !== null) await forgetRoot(db, reply.message_id);
  if (isOfTask(reply)) await makeRoot(db, reply, posted);
  else await db.updateTable('notification').set({ place: 'note' }).where('seq', '=', seq).execute();
}

/**
 * What to post first when a reply's root message was deleted: the reply itself as its task's new root, or the
 * summary again. Returns a pending root as it is; null if the root is neither sent nor pending.
 */
export async function replaceLostRoot(
  db: Kysely<Schema>,
  reply: NotificationRow,
  anew: Anew,
): Promise<NotificationRow | null> {
  return await inTransaction(db, async (tx) => {
    const root = await readRootNotification(tx, reply.message_id ?? '');
    if (root !== undefined && root.state !== 'sent') return root.state === 'pending' ? root : null;
    if (isOfTask(reply)) {
      await makeRoot(tx, reply, null);
      return await readNotification(tx, reply.id);
    }
    return root === undefined ? null : await postAnew(tx, root, anew);
  });
}

/**
 * Queues a root message again with its tasks' current state, and without mentions since nothing is new.
 * Returns its notification. Call inside a transaction.
 */
export async function postAnew(
  db: Kysely<Schema>,
  root: NotificationRow,
  { id, now }: Anew,
): Promise<NotificationRow> {
  const notification = {
    ...plannedNotificationOf(root),
    id,
    noticedAt: now,
    content: withoutMentions(contentOf(root)),
  };
  await writeOutbox(db, { messages: [], notifications: [notification], edits: [], decisions: [] });
  return await readNotification(db, id);
}

/**
 * Whether the next news should bring a deleted message back: some is already waiting, or the message was
 * reposted and deleted again without any news in between.
 */
export async function comesWithNews(db: Kysely<Schema>, messageId: string): Promise<boolean> {
  const ofMessage = db.selectFrom('notification').where('message_id', '=', messageId);
  const waiting = await ofMessage
    .select('seq')
    .where('place', '=', 'reply')
    .where('state', 'in', ['pending', 'sending', 'held', 'suspended'])
    .limit(1)
    .executeTakeFirst();
  if (waiting) return true;
  const newest = await ofMessage.select('place').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  const roots = await ofMessage.select('seq').where('place', '=', 'root').limit(2).execute();
  return newest?.place === 'root' && roots.length > 1;
}

function withoutMentions(content: NotificationContent): NotificationContent {
  return 'mentions' in content ? { ...content, mentions: [] } : content;
}

async function readNotification(db: Kysely<Schema>, id: string): Promise<NotificationRow> {
  return await db.selectFrom('notification').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}
