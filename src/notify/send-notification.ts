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
 * Most milliseconds for recording an intent. With the post itself it must stay well below `SETTLING`
 * (settle-notification.ts), after which another process may conclude that nothing was sent.
 */
const SLOW_RECORD = 3_000;
/** Milliseconds. A refused token needs a person to fix it, so frequent retries are pointless. */
const TOKEN_BACKOFF = 60_000;

/**
 * Tries to send one notification. The intent is stored before the request and the receipt after it, so a crash at any
 * point leaves a trace. Returns the notification if its answer was lost and it must be settled (see
 * `settleNotification`), otherwise null.
 */
export async function sendNotification(
  parts: LaneParts,
  notification: NotificationRow,
): Promise<NotificationRow | null> {
  // Read before rendering: a change between the two reads then causes one edit too many, never one too few.
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
    // Slack has posted it. Whatever went wrong in the store, only the channel's history can confirm the post now.
    const failure = { ...readSlackFailure(error), repeat: 'ambiguous' } as const;
    return await handleFailure(parts, attempted, root, failure);
  }
  report(parts, notification, outcome.form === 'blocks' ? 'sent' : 'sent-as-text');
  return null;
}

/** Falls back to plain words if rendering fails: one broken notification must not block the ones behind it. */
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
      // The refused post may count against the rate limit. Without this pause, both forms could be refused forever.
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
    // A retry that finds the channel still closed notifies nobody again. If the workspace uninstalled the app, nobody
    // can be reached.
    if (notification.held !== 'suspended' && reason !== APP_UNINSTALLED)
      await notifyMaker(parts, notification.channel, reason);
    return done('kept-back');
  }
  if (about === 'gone' && root?.ts) {
    // The root message was deleted. The next attempt replaces it (see `replaceLostRoot`).
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
