import { APP_UNINSTALLED } from '../core/access/workspace-error.ts';
import { backoff } from '../lib/backoff.ts';
import { errorFields } from '../lib/operational-error.ts';
import type { Message } from '../render/blocks/message.ts';
import { unrenderedNotice } from '../render/blocks/notes.ts';
import { type PostOutcome, post } from '../slack/out/post.ts';
import { readSlackFailure, type SlackFailure } from '../slack/out/slack-failure.ts';
import type { MessageRow, NoticeRow } from '../store/engine/outbox-schema.ts';
import { replaceLostRoot } from '../store/notification/lost-roots.ts';
import { forgetRoot, markPending } from '../store/notification/outbox.ts';
import { refuseNotice, suspendChannel } from '../store/subscription/suspension.ts';
import { type LaneParts, type NoticeOutcome, POST_GAP, report } from './delivery-parts.ts';
import { noticeMetadata } from './message-id.ts';
import { rootOf } from './notification-reader.ts';
import { fingerprint, renderNotice } from './render-notification.ts';
import { tellMaker } from './tell-maker.ts';

/**
 * Between recording the intent and sending, in milliseconds: with the time a post may take it stays well below the settling,
 * after which another process may decide that nothing was sent.
 */
const SLOW_RECORD = 3_000;
/** A token that is refused is mended by people, not by asking often. */
const TOKEN_BACKOFF = 60_000;

/**
 * Takes one notice a step further. The intent is stored before the request leaves and the receipt after, so that a crash
 * at any point leaves something to go by. Returns the notice as it was sent where it may have arrived or not, so that it
 * has to be settled (see `settleNotice`), and else null.
 */
export async function sendNotice(parts: LaneParts, notice: NoticeRow): Promise<NoticeRow | null> {
  // First: what moves between the two reads has the root edited once more, and not once too few.
  const root = await rootOf(parts.read, notice);
  if (notice.place === 'reply' && root?.ts === null) {
    const first = await replaceLostRoot(parts.db, notice, { id: parts.newId(), now: parts.now() });
    if (first !== null) return await sendNotice(parts, first);
  }
  const message = await renderOrSaySo(parts, notice);
  const began = parts.realTime();
  const at = parts.slackNow();
  if (!(await parts.record({ step: 'intent', notice, at }))) return null;
  const attempted = { ...notice, attempts: notice.attempts + 1, attempted_at: at };
  if (parts.realTime() - began > SLOW_RECORD) {
    await markPending(parts.db, attempted, { now: parts.now(), wait: 0, doubtful: false });
    report(parts, notice, 'put-off');
    return null;
  }
  const outcome = await postNotice(parts, attempted, root, message);
  if (outcome.kind !== 'posted') return await handleFailure(parts, attempted, root, outcome.failure);
  try {
    await parts.record({
      step: 'receipt',
      notice: attempted,
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
  report(parts, notice, outcome.form === 'blocks' ? 'sent' : 'sent-as-text');
  return null;
}

/** A notice that cannot be rendered is told in plain words: it must not keep everything behind it from being told. */
async function renderOrSaySo(parts: LaneParts, notice: NoticeRow): Promise<Message> {
  try {
    return await renderNotice(parts, notice);
  } catch (error) {
    parts.log.error({ notice: notice.id, ...errorFields(error) }, 'a notice could not be rendered');
    return unrenderedNotice(notice.kind, notice.operation_id);
  }
}

function postNotice(
  parts: LaneParts,
  notice: NoticeRow,
  root: MessageRow | undefined,
  message: Message,
): Promise<PostOutcome> {
  const threadTs = notice.place === 'reply' ? (root?.ts ?? null) : null;
  return post(parts.clientFor(notice.channel), { channel: notice.channel, threadTs }, message, {
    metadata: noticeMetadata(notice.id),
    broadcast: notice.broadcast === 1,
    async beforeText(failure) {
      warn(parts, notice, failure);
      // The refused post may count for the rate: without this, both would be refused in turn, for ever.
      await parts.delay(parts.postGap ?? POST_GAP, new AbortController().signal);
    },
  });
}

function warn({ log }: LaneParts, notice: NoticeRow, { repeat, reason }: SlackFailure): void {
  const { id, channel, kind } = notice;
  log.warn({ channel, notice: id, kind, repeat, reason }, 'notice not sent');
}

async function handleFailure(
  parts: LaneParts,
  notice: NoticeRow,
  root: MessageRow | undefined,
  failure: SlackFailure,
): Promise<NoticeRow | null> {
  const { db, now, log } = parts;
  const { repeat, about, reason } = failure;
  if (about !== 'form') warn(parts, notice, failure);
  const done = (outcome: NoticeOutcome): null => {
    report(parts, notice, outcome);
    return null;
  };
  if (repeat === 'ambiguous') {
    report(parts, notice, 'put-off');
    return notice;
  }
  if (about === 'channel') {
    await suspendChannel(db, notice.channel, { at: now(), reason });
    log.error({ channel: notice.channel, reason }, 'Slack refuses the channel; its notices are kept back');
    // A channel that is tried again and still closed is no news to whoever was told when it closed;
    // in a workspace that uninstalled us there is no way to tell anybody.
    if (notice.held !== 'suspended' && reason !== APP_UNINSTALLED)
      await tellMaker(parts, notice.channel, reason);
    return done('kept-back');
  }
  if (about === 'gone' && root?.ts) {
    // Somebody deleted the message it belongs under: the next step makes it a root itself.
    await forgetRoot(db, root.id);
    await markPending(db, notice, { now: now(), wait: 0, doubtful: false });
    return done('put-off');
  }
  if (repeat === 'refused') {
    await refuseNotice(db, notice);
    log.error({ notice: notice.id, reason }, 'Slack refuses the notice in every form');
    return done('kept-back');
  }
  const wait = failure.retryAfter ?? (about === 'token' ? TOKEN_BACKOFF : backoff(notice.attempts));
  await markPending(db, notice, { now: now(), wait, doubtful: false });
  return done('put-off');
}
