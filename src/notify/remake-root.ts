import type { Kysely } from 'kysely';
import { isQuiet } from '../core/notification/quiet-hours.ts';
import type { Instant } from '../lib/instant.ts';
import { inTransaction } from '../store/engine/in-transaction.ts';
import type { MessageRow } from '../store/engine/outbox-schema.ts';
import type { Schema } from '../store/engine/schema.ts';
import { comesWithNews, postAnew } from '../store/notification/lost-roots.ts';
import { readMutes } from '../store/notification/mutes.ts';
import { forgetRoot, readMessage, readRootNotice, readTasksOfMessage } from '../store/notification/outbox.ts';
import { readHours } from '../store/subscription/channel-hours.ts';
import { readSubscriptionsOf } from '../store/subscription/subscriptions.ts';
import type { DeliveryParts } from './delivery-parts.ts';

/**
 * Somebody deleted a message that is to be brought up to date: it is posted anew, with the present state of its tasks. Where
 * the channel is to be left alone now, and where it was deleted again without any news since, the next news brings it back.
 * Returns whether it is posted.
 */
export async function remakeRoot(
  { db, now, newId }: Pick<DeliveryParts, 'db' | 'now' | 'newId'>,
  message: MessageRow,
): Promise<boolean> {
  return await inTransaction(db, async (tx) => {
    const { id, ts } = message;
    // A reply that came upon the same meanwhile has seen to it.
    if ((await readMessage(tx, id))?.ts !== ts) return false;
    await forgetRoot(tx, id);
    const root = await readRootNotice(tx, id);
    if (!root || (await comesWithNews(tx, id)) || (await isLeftAlone(tx, message, now()))) return false;
    await postAnew(tx, root, { id: newId(), now: now() });
    return true;
  });
}

/** Whether a channel is not to see messages about these tasks by themselves, without any news. */
async function isLeftAlone(db: Kysely<Schema>, { id, channel }: MessageRow, now: Instant): Promise<boolean> {
  const subscriptions = await readSubscriptionsOf(db, channel);
  const closed = subscriptions.some(({ suspendedReason }) => suspendedReason !== null);
  if (subscriptions.length === 0 || closed) return true;
  const { quiet, zone } = await readHours(db, channel);
  if (isQuiet(quiet, zone, now)) return true;
  const tasks = await readTasksOfMessage(db, id);
  const mutes = await readMutes(db, tasks);
  return tasks.length > 0 && tasks.every((task) => mutes.get(task)?.has(channel));
}
