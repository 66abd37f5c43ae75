import type { ChatPostMessageArguments } from '@slack/web-api';
import { APP_UNINSTALLED } from '../core/access/channel-refusals.ts';
import { backoff } from '../lib/backoff.ts';
import { errorFields } from '../lib/error-fields.ts';
import { type Message, POSTED_AS_WRITTEN } from '../render/blocks/message.ts';
import { unrenderedNotice } from '../render/blocks/notes.ts';
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
  try {
    await post(parts, attempted, root, message, 'blocks');
    report(parts, notice, 'sent');
    return null;
  } catch (error) {
    return await handleFailure(parts, attempted, root, message, readSlackFailure(error));
  }
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

async function post(
  { record, clientFor, now }: LaneParts,
  notice: NoticeRow,
  root: MessageRow | undefined,
  message: Message,
  form: 'blocks' | 'text',
): Promise<void> {
  const base = {
    channel: notice.channel,
    text: message.text,
    ...(form === 'blocks' && { blocks: [...message.blocks] }),
    metadata: noticeMetadata(notice.id),
    ...POSTED_AS_WRITTEN,
  } satisfies ChatPostMessageArguments;
  const threadTs = notice.place === 'reply' ? (root?.ts ?? null) : null;
  const client = await clientFor(notice.channel);
  const answer = await client.chat.postMessage(
    threadTs === null
      ? base
      : notice.broadcast === 1
        ? { ...base, thread_ts: threadTs, reply_broadcast: true }
        : { ...base, thread_ts: threadTs },
  );
  await record({
    step: 'receipt',
    notice,
    ts: answer.ts ?? '',
    at: now(),
    loose: threadTs !== null && answer.message !== undefined && answer.message.thread_ts === undefined,
    root: root ? { shown: fingerprint(message), version: root.wanted_version } : null,
  });
}

async function handleFailure(
  parts: LaneParts,
  notice: NoticeRow,
  root: MessageRow | undefined,
  message: Message,
  failure: SlackFailure,
): Promise<NoticeRow | null> {
  const { db, now, log } = parts;
  const { repeat, about, reason } = failure;
  log.warn(
    { channel: notice.channel, notice: notice.id, kind: notice.kind, repeat, reason },
    'notice not sent',
  );
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
  // Workspaces get new block types at different times: what cannot be shown as blocks is told as text.
  if (about === 'form') return await postAsText(parts, notice, root, message);
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

async function postAsText(
  parts: LaneParts,
  notice: NoticeRow,
  root: MessageRow | undefined,
  message: Message,
): Promise<NoticeRow | null> {
  // The refused post may count for the rate: without this, both would be refused in turn, for ever.
  await parts.delay(parts.postGap ?? POST_GAP, new AbortController().signal);
  try {
    await post(parts, notice, root, message, 'text');
    report(parts, notice, 'sent-as-text');
    return null;
  } catch (error) {
    const failure = readSlackFailure(error);
    // Anything but its form again is no matter of the text: the channel may have been closed since, say.
    if (failure.about !== 'form') return await handleFailure(parts, notice, root, message, failure);
    await refuseNotice(parts.db, notice);
    parts.log.error({ notice: notice.id, reason: failure.reason }, 'Slack refuses the notice in every form');
    report(parts, notice, 'kept-back');
    return null;
  }
}
