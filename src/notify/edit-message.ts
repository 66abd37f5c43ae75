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

/** Milliseconds before the next edit in this channel; null: no need to wait. */
export type EditWait = number | null;

/**
 * Updates one root to the current state of its tasks. An edit always carries the whole message, so it is safe to
 * repeat and pending edits collapse into one. An unchanged rendering is not sent.
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
      // Moves it to the end of the queue, so the others get their turn before the retry.
      const unchanged = { ...message, wanted_version: message.shown_version };
      await markEdited(db, unchanged, { shown: message.shown, at: now() + wait });
      return wait;
    }
  }
  if (failure?.about === 'gone') {
    await remakeRoot(parts, message);
    return null;
  }
  // A message that can no longer be edited stays as it is. If the channel is closed to us, what it shows is unknown
  // until the channel is reopened.
  await markEdited(db, message, { shown: failure?.about === 'channel' ? null : shown, at: now() });
  return null;
}

/**
 * Posts a deleted root again, with the current state of its tasks. If the channel must be left alone now, or the root
 * was deleted again without any news since, it waits for the next news. Returns whether it is posted.
 */
async function remakeRoot(
  { db, now, newId }: Pick<DeliveryParts, 'db' | 'now' | 'newId'>,
  message: MessageRow,
): Promise<boolean> {
  return await inTransaction(db, async (tx) => {
    const { id, ts } = message;
    // A reply that found the root missing has handled it already.
    if ((await readMessage(tx, id))?.ts !== ts) return false;
    await forgetRoot(tx, id);
    const root = await readRootNotification(tx, id);
    if (!root || (await comesWithNews(tx, id)) || (await isLeftAlone(tx, message, now()))) return false;
    await postAnew(tx, root, { id: newId(), now: now() });
    return true;
  });
}

/** Whether a channel must not get messages about these tasks without news. */
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
