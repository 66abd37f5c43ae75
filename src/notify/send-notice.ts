import type { ChatPostMessageArguments } from '@slack/web-api';
import { APP_UNINSTALLED } from '../core/channel-refusals.ts';
import { errorFields } from '../core/error-fields.ts';
import { isSetBackSince } from '../core/wait.ts';
import { type Message, POSTED_AS_WRITTEN } from '../render/message.ts';
import { unrenderedNotice } from '../render/unrendered-notice.ts';
import { forgetRoot, markPending, putOff } from '../store/outbox.ts';
import type { MessageRow, NoticeRow } from '../store/schema.ts';
import { refuseNotice, suspendChannel } from '../store/suspension.ts';
import { type LaneParts, type NoticeOutcome, POST_GAP } from './delivery-parts.ts';
import { findSent } from './find-sent.ts';
import { noticeMetadata } from './message-id.ts';
import { fingerprint, renderNotice } from './render-notice.ts';
import { readSlackFailure, type SlackFailure } from './slack-failure.ts';
import { tellMaker } from './tell-maker.ts';

/** History lags behind posts: for this long after an attempt, "not there" does not mean "not sent". Milliseconds. */
const SETTLING = 8_000;
const LOOK_AGAIN = 1_500;
/**
 * Between recording the intent and sending: with the time a post may take it stays well below the settling, after which
 * another process may decide that nothing was sent.
 */
const SLOW_RECORD = 3_000;
const LONGEST_BACKOFF = 60_000;
/** A token that is refused is mended by people, not by asking often. */
const TOKEN_BACKOFF = 60_000;

/**
 * Takes one notice a step further: sends it, or finds out what became of an earlier sending. The intent is stored
 * before the request leaves and the receipt after, so that a crash at any point leaves something to go by.
 */
export async function sendNotice(parts: LaneParts, notice: NoticeRow): Promise<void> {
  if (notice.state === 'sending') return await reconcile(parts, notice);
  // First: what moves between the two reads has the root edited once more, and not once too few.
  const root = await rootOf(parts, notice);
  const message = await renderOrSaySo(parts, notice);
  const began = parts.realTime();
  if (!(await parts.record({ step: 'intent', notice, at: parts.now() }))) return;
  // The next step finds that it is not there, and sends it then.
  if (parts.realTime() - began > SLOW_RECORD) return report(parts, notice, 'put-off');
  const attempted = { ...notice, attempts: notice.attempts + 1 };
  try {
    await post(parts, attempted, root, message, 'blocks');
    report(parts, notice, 'sent');
  } catch (error) {
    await handleFailure(parts, attempted, root, message, readSlackFailure(error));
  }
}

/** The message that a notice creates or replies under. */
async function rootOf({ read }: LaneParts, { message_id }: NoticeRow): Promise<MessageRow | undefined> {
  return message_id === null ? undefined : await read.message(message_id);
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
    root: root ? { shown: fingerprint(message), version: root.wanted_version } : null,
  });
}

async function handleFailure(
  parts: LaneParts,
  notice: NoticeRow,
  root: MessageRow | undefined,
  message: Message,
  failure: SlackFailure,
): Promise<void> {
  const { db, now, log } = parts;
  const { repeat, about, reason } = failure;
  log.warn(
    { channel: notice.channel, notice: notice.id, kind: notice.kind, repeat, reason },
    'notice not sent',
  );
  // Left as `sending`: the next step looks for it in the history.
  if (repeat === 'ambiguous') return report(parts, notice, 'put-off');
  if (about === 'channel') {
    await suspendChannel(db, notice.channel, { at: now(), reason });
    log.error({ channel: notice.channel, reason }, 'Slack refuses the channel; its notices are kept back');
    // A channel that is tried again and still closed is no news to whoever was told when it closed;
    // in a workspace that uninstalled us there is no way to tell anybody.
    if (notice.held !== 'suspended' && reason !== APP_UNINSTALLED)
      await tellMaker(parts, notice.channel, reason);
    return report(parts, notice, 'kept-back');
  }
  // Workspaces get new block types at different times: what cannot be shown as blocks is told as text.
  if (about === 'form') return await postAsText(parts, notice, root, message);
  if (about === 'message' && root?.ts) {
    // The thread's root was deleted by somebody: what there is to tell is told in the channel itself from now on.
    await forgetRoot(db, root.id);
    await markPending(db, notice, { dueAt: now(), doubtful: false });
    return report(parts, notice, 'put-off');
  }
  if (repeat === 'refused') {
    await refuseNotice(db, notice);
    log.error({ notice: notice.id, reason }, 'Slack refuses the notice in every form');
    return report(parts, notice, 'kept-back');
  }
  const wait = failure.retryAfter ?? (about === 'token' ? TOKEN_BACKOFF : backoff(notice.attempts));
  await markPending(db, notice, { dueAt: now() + wait, doubtful: false });
  report(parts, notice, 'put-off');
}

async function postAsText(
  parts: LaneParts,
  notice: NoticeRow,
  root: MessageRow | undefined,
  message: Message,
): Promise<void> {
  // The refused post may count for the rate: without this, both would be refused in turn, for ever.
  await parts.delay(parts.postGap ?? POST_GAP, new AbortController().signal);
  try {
    await post(parts, notice, root, message, 'text');
    report(parts, notice, 'sent-as-text');
  } catch (error) {
    const failure = readSlackFailure(error);
    // Anything but its form again is no matter of the text: the channel may have been closed since, say.
    if (failure.about !== 'form') return await handleFailure(parts, notice, root, message, failure);
    await refuseNotice(parts.db, notice);
    parts.log.error({ notice: notice.id, reason: failure.reason }, 'Slack refuses the notice in every form');
    report(parts, notice, 'kept-back');
  }
}

/** Finds out whether an attempt whose answer was lost arrived. Nothing is sent before that is settled. */
async function reconcile(parts: LaneParts, notice: NoticeRow): Promise<void> {
  const { db, clientFor, now, log } = parts;
  const attemptedAt = notice.attempted_at ?? notice.noticed_at;
  const root = await rootOf(parts, notice);
  const threadTs = notice.place === 'reply' ? (root?.ts ?? null) : null;
  const found = await findSent(clientFor, { id: notice.id, channel: notice.channel, threadTs, attemptedAt });
  log.info({ channel: notice.channel, notice: notice.id, found: found.kind }, 'looked for a notice');
  switch (found.kind) {
    case 'found':
      await parts.record({ step: 'receipt', notice, ts: found.ts, at: now(), root: null });
      return report(parts, notice, 'found');
    case 'not-there':
      // By a clock that was set back nobody can say how long ago that was: it counts as now.
      if (isSetBackSince(attemptedAt, now()))
        return await putOff(db, { ...notice, attempted_at: now() }, now() + LOOK_AGAIN);
      if (now() - attemptedAt < SETTLING) return await putOff(db, notice, now() + LOOK_AGAIN);
      return await markPending(db, notice, { dueAt: now() + pauseBefore(notice), doubtful: false });
    case 'no-answer':
      return await putOff(db, notice, now() + (found.retryAfter ?? LOOK_AGAIN * 4));
    case 'unreadable':
      log.warn(
        { notice: notice.id, reason: found.reason },
        'nobody can tell whether a notice arrived; it is repeated',
      );
      await markPending(db, notice, { dueAt: now(), doubtful: true });
      return report(parts, notice, 'undecided');
  }
}

/** What never arrived is sent again at once; what fails again and again rests between the attempts. */
function pauseBefore({ attempts }: NoticeRow): number {
  return attempts < 3 ? 0 : backoff(attempts);
}

function backoff(attempts: number): number {
  return Math.min(LONGEST_BACKOFF, 1_000 * 2 ** Math.min(attempts, 10));
}

function report({ now, onNotice }: LaneParts, notice: NoticeRow, outcome: NoticeOutcome): void {
  onNotice({ kind: notice.kind, outcome, milliseconds: Math.max(0, now() - notice.noticed_at) });
}
