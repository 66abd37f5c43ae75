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

/** For the message that is posted anew: its notification's id, and the moment. */
export interface Anew {
  readonly id: string;
  readonly now: Instant;
}

/**
 * A reply that Slack posted in the channel by itself, since the message it was to go under is gone. One about a task is
 * the root of that task's thread from now on: one message, and nothing said twice. A part of a summary stays what it is; the
 * next part has the summary posted anew. Meant for the transaction that records it as sent.
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
 * What goes first where a reply has nothing to go under, because somebody deleted its message: itself, as the root of its
 * task, or the summary it is a part of, once more. Null where the message is still to come.
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
 * Has a root posted once more, as its tasks stand now; it calls nobody, since it is no news. Returns its notification. Meant for a
 * transaction.
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
 * Whether the next news is to bring a deleted message back: some waits already, or there was none since it was posted anew
 * and deleted again.
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
