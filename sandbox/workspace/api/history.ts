import type { Core } from '../core.ts';
import type { Journal } from '../journal.ts';
import type { JsonObject } from '../json.ts';
import { asBoolean, asObject, asObjects, asString } from '../json.ts';
import { APP } from './slack-state.ts';

/** Messages of a page: those asked for by nobody, and the most. */
const MANY = { usual: 100, most: 999 };
/** For apps that are sold outside of Slack's Marketplace (https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps). */
const FEW = { usual: 15, most: 15 };

type Read = (params: JsonObject) => Promise<JsonObject>;

/**
 * `conversations.history` and `conversations.replies` as Slack answers them: emulate ignores the time range, returns
 * metadata unasked and leaves broadcast replies out. `read` asks emulate.
 */
export async function readHistory(
  core: Core,
  method: string,
  params: JsonObject,
  read: Read,
): Promise<JsonObject> {
  const first = await read({ ...params, limit: 1000, cursor: '' });
  if (first.ok !== true) return first;
  const all = [...asObjects(first.messages)];
  let next = asString(asObject(first.response_metadata).next_cursor);
  while (next !== '') {
    const page = await read({ ...params, limit: 1000, cursor: next });
    all.push(...asObjects(page.messages));
    next = asString(asObject(page.response_metadata).next_cursor);
  }
  const thread = method === 'conversations.replies';
  if (thread && !all.some((one) => one.ts === params.ts)) return { ok: false, error: 'thread_not_found' };
  const merged = thread ? all : [...all, ...broadcasts(core.journal, asString(params.channel))];
  const inRange = merged.filter((message) => within(asString(message.ts), params, thread));
  inRange.sort((a, b) => (asString(a.ts) < asString(b.ts) ? -1 : 1) * (thread ? 1 : -1));
  return page(core, inRange, params);
}

/** `oldest` and `latest` are exclusive unless `inclusive`; the root of a thread is always there. */
function within(ts: string, params: JsonObject, thread: boolean): boolean {
  if (thread && ts === params.ts) return true;
  const inclusive = asBoolean(params.inclusive);
  const oldest = stamp(params.oldest);
  const latest = stamp(params.latest);
  const own = stamp(ts) ?? 0n;
  if (oldest !== null && (inclusive ? own < oldest : own <= oldest)) return false;
  return latest === null || latest === 0n || (inclusive ? own <= latest : own < latest);
}

/** A Slack timestamp in microseconds: as a float its last digits would be lost. */
function stamp(value: unknown): bigint | null {
  const [, seconds, fraction = ''] = /^(\d+)(?:\.(\d*))?$/.exec(String(value ?? '')) ?? [];
  if (seconds === undefined) return null;
  return BigInt(seconds) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
}

function page(core: Core, messages: readonly JsonObject[], params: JsonObject): JsonObject {
  const most = core.historyRates.on ? FEW : MANY;
  const limit = Math.min(Math.max(1, Number(params.limit) || most.usual), most.most);
  const cursor = Buffer.from(asString(params.cursor), 'base64').toString();
  const start =
    cursor === ''
      ? 0
      : Math.max(
          0,
          messages.findIndex((one) => one.ts === cursor),
        );
  const shown = messages
    .slice(start, start + limit)
    .map((one) =>
      core.journal.message(asString(params.channel), asString(one.ts))?.tombstone
        ? tombstone(one)
        : present(one, asBoolean(params.include_all_metadata)),
    );
  const following = messages[start + limit];
  const next = following ? Buffer.from(asString(following.ts)).toString('base64') : '';
  return { ok: true, messages: shown, has_more: next !== '', response_metadata: { next_cursor: next } };
}

function present(message: JsonObject, withMetadata: boolean): JsonObject {
  const { metadata, reply_broadcast, ...rest } = message;
  return {
    ...rest,
    ...(message.user === APP.botUserId ? { bot_id: APP.botId, app_id: APP.appId } : {}),
    ...(asBoolean(reply_broadcast) ? { subtype: 'thread_broadcast' } : {}),
    ...(Number(message.reply_count) > 0 ? { thread_ts: message.ts ?? '' } : {}),
    ...(withMetadata && metadata !== undefined ? { metadata } : {}),
  };
}

/** What stands for a deleted message, as others saw it (https://github.com/hackclub/toriel/pull/238). */
function tombstone({ ts = '', reply_count = 0 }: JsonObject): JsonObject {
  const text = 'This message was deleted.';
  const subtype = 'tombstone';
  return { type: 'message', subtype, text, user: 'USLACKBOT', hidden: true, ts, thread_ts: ts, reply_count };
}

function broadcasts(journal: Journal, channel: string): readonly JsonObject[] {
  return journal.broadcasts(channel).map((one) => ({
    type: 'message',
    user: one.user,
    ts: one.ts,
    thread_ts: one.threadTs,
    text: one.text,
    blocks: one.blocks,
    attachments: one.attachments,
    reply_broadcast: true,
    ...(one.metadata ? { metadata: one.metadata } : {}),
  }));
}
