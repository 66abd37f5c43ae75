import type { ApiAnswer, Core } from '../core.ts';
import { limited, refusal } from '../core.ts';
import { metadataOf, readableOf } from '../journal.ts';
import type { JsonObject } from '../json.ts';
import { asBoolean, asObject, asString } from '../json.ts';
import type { RefusedMessage } from '../types.ts';
import { channelSeen, writeRefusal } from './access.ts';
import { checkMessage } from './check-blocks.ts';
import { violationAnswer } from './refuse-content.ts';
import { removeMessage } from './remove-message.ts';
import { APP } from './slack-state.ts';

type Handler = (core: Core, params: JsonObject) => Promise<ApiAnswer>;

/** The methods that change messages; `params` hold parsed blocks, attachments and metadata. */
export const MESSAGE_METHODS: ReadonlyMap<string, Handler> = new Map([
  ['chat.postMessage', postMessage],
  ['chat.postEphemeral', postEphemeral],
  ['chat.update', updateMessage],
  ['chat.delete', deleteMessage],
]);

async function postMessage(core: Core, params: JsonObject): Promise<ApiAnswer> {
  const target = asString(params.channel);
  const channel = core.directory.findChannel(target);
  const retryAfter = core.rates.take(channel?.id ?? target, core.settings.now());
  if (retryAfter !== null) {
    core.journal.addRefusal(channel?.id ?? target, retryAfter);
    return limited(retryAfter);
  }
  const refused = refuse(core, 'chat.postMessage', params);
  if (refused) return refused;
  const parent = channel ? core.journal.message(channel.id, asString(params.thread_ts)) : undefined;
  // A reply to a reply belongs to the thread, as in Slack. One to a message that is gone stands in the channel, by itself:
  // nothing but the missing `thread_ts` of the answer's message tells (https://github.com/slack-go/slack/issues/1571).
  const thread = parent ? (parent.threadTs ?? parent.ts) : null;
  const { thread_ts: _asked, ...loose } = params;
  const sent = thread === null ? loose : { ...params, thread_ts: thread };
  const body = await core.state.call('chat.postMessage', withText(sent), APP.botToken);
  if (body.ok !== true) return { status: 200, body };
  const message = asObject(body.message);
  const id = asString(body.channel);
  channelSeen(core, id, target);
  core.journal.addMessage(
    {
      ts: asString(body.ts),
      channel: id,
      user: APP.botUserId,
      threadTs: thread,
      broadcast: thread !== null && asBoolean(params.reply_broadcast),
      metadata: metadataOf(message.metadata),
    },
    readableOf(message),
    'post',
  );
  const told = { ...message, bot_id: APP.botId, app_id: APP.appId };
  return { status: 200, body: { ...body, message: told } };
}

async function postEphemeral(core: Core, params: JsonObject): Promise<ApiAnswer> {
  const refused = refuse(core, 'chat.postEphemeral', params);
  if (refused) return refused;
  const body = await core.state.call('chat.postEphemeral', withText(params), APP.botToken);
  const channel = core.directory.findChannel(asString(params.channel));
  if (body.ok !== true || !channel) return { status: 200, body };
  core.journal.addEphemeral(
    {
      id: asString(body.message_ts),
      channel: channel.id,
      user: asString(params.user),
      threadTs: asString(params.thread_ts) || null,
      via: 'chat.postEphemeral',
    },
    readableOf(withText(params)),
  );
  return { status: 200, body };
}

async function updateMessage(core: Core, params: JsonObject): Promise<ApiAnswer> {
  const refused = refuse(core, 'chat.update', params);
  if (refused) return refused;
  if (core.journal.message(asString(params.channel), asString(params.ts))?.tombstone)
    return refusal('message_not_found');
  const body = await core.state.call('chat.update', withText(params), APP.botToken);
  if (body.ok !== true) return { status: 200, body };
  const message = asObject(body.message);
  const [channel, ts] = [asString(body.channel), asString(body.ts)];
  core.journal.editMessage(channel, ts, readableOf(message), metadataOf(message.metadata), 'update');
  return { status: 200, body };
}

async function deleteMessage(core: Core, params: JsonObject): Promise<ApiAnswer> {
  const [channel, ts] = [asString(params.channel), asString(params.ts)];
  const author = core.journal.message(channel, ts)?.user ?? APP.botUserId;
  if (author !== APP.botUserId) return refusal('cant_delete_message');
  return { status: 200, body: await removeMessage(core, channel, ts, 'delete') };
}

/** What Slack refuses before the message exists: its content first, then the channel. */
function refuse(core: Core, method: string, params: JsonObject): ApiAnswer | null {
  const problems = checkMessage(params, method === 'chat.update' ? 4000 : 40_000);
  if (problems.length > 0) return violationAnswer(core, method, problems, refusedOf(core, method, params));
  const reason = writeRefusal(core.directory.findChannel(asString(params.channel)), core.settings.scopes);
  return reason === null ? null : refusal(reason);
}

/** What was meant to stand in the channel, to be shown as what it is: refused. */
function refusedOf(core: Core, method: string, params: JsonObject): RefusedMessage {
  const channel = asString(params.channel);
  return {
    ...readableOf(withText(params)),
    channel: core.directory.findChannel(channel)?.id ?? channel,
    user: method === 'chat.postEphemeral' ? asString(params.user) : null,
    threadTs: asString(params.thread_ts) || null,
  };
}

/** emulate does not know `markdown_text`; there it is the text. */
function withText(params: JsonObject): JsonObject {
  const { markdown_text, ...rest } = params;
  return markdown_text === undefined ? rest : { ...rest, text: markdown_text };
}
