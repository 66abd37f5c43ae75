import type { Kysely } from 'kysely';
import { isQuiet } from '../core/notification/quiet-hours.ts';
import type { Instant } from '../lib/instant.ts';
import { edit } from '../slack/out/edit.ts';
import { inTransaction } from '../store/engine/in-transaction.ts';
import type { MessageRow } from '../store/engine/outbox-schema.ts';
import type { Schema } from '../store/engine/schema.ts';
import { comesWithNews, postAnew } from '../store/notification/lost-roots.ts';
import { readMutes } from '../store/notification/mutes.ts';
import {
  forgetRoot,
  markEdited,
  readMessage,
  readRootNotification,
  readTasksOfMessage,
} from '../store/notification/outbox.ts';
import { readHours } from '../store/subscription/channel-hours.ts';
import { readSubscriptionsOf } from '../store/subscription/subscriptions.ts';
import type { DeliveryParts, LaneParts } from './delivery-parts.ts';
import { fingerprint, renderMessage } from './render-notification.ts';

/** How long to wait before the next edit of this channel is tried, in milliseconds; null: go on. */
export type EditWait = number | null;

/**
 * Brings one root to the present state of its tasks. An edit always carries everything, so it may be repeated safely;
 * edits that pile up collapse into one, and a rendering that would change nothing is not sent.
 */
export async function editMessage(parts: LaneParts, message: MessageRow): Promise<EditWait> {
  const { db, clientFor, now, log } = parts;
  const rendered = await renderMessage(parts, message);
  const shown = rendered === null ? message.shown : fingerprint(rendered);
  if (rendered === null || shown === message.shown || message.ts === null) {
    await markEdited(db, message, { shown, at: now() });
    return null;
  }
  const { channel, ts } = message;
  const outcome = await edit(clientFor(channel), { channel, ts }, rendered);
  const failure = outcome.kind === 'failed' ? outcome.failure : null;
  if (failure !== null) {
    log.warn({ channel, message: message.id, reason: failure.reason }, 'root not edited');
    if (failure.repeat !== 'refused') {
      const wait = failure.retryAfter ?? (failure.about === 'token' ? 60_000 : 5_000);
      // It goes to the end of the line: the others get their turn before it is tried again.
      const unchanged = { ...message, wanted_version: message.shown_version };
      await markEdited(db, unchanged, { shown: message.shown, at: now() + wait });
      return wait;
    }
  }
  if (failure?.about === 'gone') {
    await remakeRoot(parts, message);
    return null;
  }
  // Closed for editing: it stays as it is. In a channel that is closed to us it shows nobody knows what, until the channel
  // is taken up again.
  await markEdited(db, message, { shown: failure?.about === 'channel' ? null : shown, at: now() });
  return null;
}

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
    const root = await readRootNotification(tx, id);
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
