import { APP_UNINSTALLED } from '../core/access/workspace-error.ts';
import { backoff } from '../lib/backoff.ts';
import { errorFields } from '../lib/operational-error.ts';
import type { Message } from '../render/blocks/message.ts';
import { unrenderedNotification } from '../render/blocks/notes.ts';
import { type PostOutcome, post } from '../slack/out/post.ts';
import { readSlackFailure, type SlackFailure } from '../slack/out/slack-failure.ts';
import type { MessageRow, NotificationRow } from '../store/engine/outbox-schema.ts';
import { replaceLostRoot } from '../store/notification/lost-roots.ts';
import { forgetRoot, markPending } from '../store/notification/outbox.ts';
import { refuseNotification, suspendChannel } from '../store/subscription/suspension.ts';
import { type LaneParts, type NotificationOutcome, POST_GAP, report } from './delivery-parts.ts';
import { notificationMetadata } from './message-id.ts';
import { rootOf } from './notification-reader.ts';
import { notifyMaker } from './notify-maker.ts';
import { fingerprint, renderNotification } from './render-notification.ts';

/**
 * Between recording the intent and sending, in milliseconds: with the time a post may take it stays well below the settling,
 * after which another process may decide that nothing was sent.
 */
const SLOW_RECORD = 3_000;
/** A token that is refused is mended by people, not by asking often. */
const TOKEN_BACKOFF = 60_000;

/**
 * Takes one notification a step further. The intent is stored before the request leaves and the receipt after, so that a crash
 * at any point leaves something to go by. Returns the notification as it was sent where it may have arrived or not, so that it
 * has to be settled (see `settleNotification`), and else null.
 */
export async function sendNotification(
  parts: LaneParts,
  notification: NotificationRow,
): Promise<NotificationRow | null> {
  // First: what moves between the two reads has the root edited once more, and not once too few.
  const root = await rootOf(parts.read, notification);
  if (notification.place === 'reply' && root?.ts === null) {
    const first = await replaceLostRoot(parts.db, notification, { id: parts.newId(), now: parts.now() });
    if (first !== null) return await sendNotification(parts, first);
  }
  const message = await renderOrSaySo(parts, notification);
  const began = parts.realTime();
  const at = parts.slackNow();
  if (!(await parts.record({ step: 'intent', notification, at }))) return null;
  const attempted = { ...notification, attempts: notification.attempts + 1, attempted_at: at };
  if (parts.realTime() - began > SLOW_RECORD) {
    await markPending(parts.db, attempted, { now: parts.now(), wait: 0, doubtful: false });
    report(parts, notification, 'put-off');
    return null;
  }
  const outcome = await postNotification(parts, attempted, root, message);
  if (outcome.kind !== 'posted') return await handleFailure(parts, attempted, root, outcome.failure);
  try {
    await parts.record({
      step: 'receipt',
      notification: attempted,
      ts: outcome.ts,
      at: parts.now(),
      loose: outcome.loose,
      root: root ? { shown: fingerprint(message), version: root.wanted_version } : null,
    });
  } catch (error) {
    // It is in the channel: whatever the store stumbled over, nothing but the channel's history can tell now.
    const failure = { ...readSlackFailure(error), repeat: 'ambiguous' } as const;
    return await handleFailure(parts, attempted, root, failure);
  }
  report(parts, notification, outcome.form === 'blocks' ? 'sent' : 'sent-as-text');
  return null;
}

/** A notification that cannot be rendered is told in plain words: it must not keep everything behind it from being told. */
async function renderOrSaySo(parts: LaneParts, notification: NotificationRow): Promise<Message> {
  try {
    return await renderNotification(parts, notification);
  } catch (error) {
    parts.log.error(
      { notification: notification.id, ...errorFields(error) },
      'a notification could not be rendered',
    );
    return unrenderedNotification(notification.kind, notification.operation_id);
  }
}

function postNotification(
  parts: LaneParts,
  notification: NotificationRow,
  root: MessageRow | undefined,
  message: Message,
): Promise<PostOutcome> {
  const threadTs = notification.place === 'reply' ? (root?.ts ?? null) : null;
  return post(parts.clientFor(notification.channel), { channel: notification.channel, threadTs }, message, {
    metadata: notificationMetadata(notification.id),
    broadcast: notification.broadcast === 1,
    async beforeText(failure) {
      warn(parts, notification, failure);
      // The refused post may count for the rate: without this, both would be refused in turn, for ever.
      await parts.delay(parts.postGap ?? POST_GAP, new AbortController().signal);
    },
  });
}

function warn({ log }: LaneParts, notification: NotificationRow, { repeat, reason }: SlackFailure): void {
  const { id, channel, kind } = notification;
  log.warn({ channel, notification: id, kind, repeat, reason }, 'notification not sent');
}

async function handleFailure(
  parts: LaneParts,
  notification: NotificationRow,
  root: MessageRow | undefined,
  failure: SlackFailure,
): Promise<NotificationRow | null> {
  const { db, now, log } = parts;
  const { repeat, about, reason } = failure;
  if (about !== 'form') warn(parts, notification, failure);
  const done = (outcome: NotificationOutcome): null => {
    report(parts, notification, outcome);
    return null;
  };
  if (repeat === 'ambiguous') {
    report(parts, notification, 'put-off');
    return notification;
  }
  if (about === 'channel') {
    await suspendChannel(db, notification.channel, { at: now(), reason });
    log.error(
      { channel: notification.channel, reason },
      'Slack refuses the channel; its notifications are kept back',
    );
    // A channel that is tried again and still closed is no news to whoever was told when it closed;
    // in a workspace that uninstalled us there is no way to tell anybody.
    if (notification.held !== 'suspended' && reason !== APP_UNINSTALLED)
      await notifyMaker(parts, notification.channel, reason);
    return done('kept-back');
  }
  if (about === 'gone' && root?.ts) {
    // Somebody deleted the message it belongs under: the next step makes it a root itself.
    await forgetRoot(db, root.id);
    await markPending(db, notification, { now: now(), wait: 0, doubtful: false });
    return done('put-off');
  }
  if (repeat === 'refused') {
    await refuseNotification(db, notification);
    log.error({ notification: notification.id, reason }, 'Slack refuses the notification in every form');
    return done('kept-back');
  }
  const wait = failure.retryAfter ?? (about === 'token' ? TOKEN_BACKOFF : backoff(notification.attempts));
  await markPending(db, notification, { now: now(), wait, doubtful: false });
  return done('put-off');
}
