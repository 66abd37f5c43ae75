import type { ApiAnswer, Core } from '../core.ts';
import { metadataOf, readableOf } from '../journal.ts';
import type { JsonObject } from '../json.ts';
import { asBoolean, asObject, asObjects, asString } from '../json.ts';
import { checkMessage } from './check-blocks.ts';
import { violationAnswer } from './refuse-content.ts';
import { removeMessage } from './remove-message.ts';
import type { ResponsePlace } from './response-urls.ts';
import { APP } from './slack-state.ts';

const OK: ApiAnswer = { status: 200, body: { ok: true } };

/** Carries out one use of a response_url. */
export async function respond(core: Core, id: string, message: JsonObject): Promise<ApiAnswer> {
  const place = core.urls.use(id);
  if (typeof place === 'string') return { status: 404, body: { ok: false, error: place } };
  return core.serial(() => show(core, place, message, 'response_url'));
}

/**
 * Shows what a response_url or the acknowledgement of a command carries: to one person unless `in_channel`; replacing or
 * deleting acts on the message that held the pressed component, and on nothing for a command.
 */
export async function show(
  core: Core,
  place: ResponsePlace,
  message: JsonObject,
  via: 'response_url' | 'ack',
): Promise<ApiAnswer> {
  if (asBoolean(message.delete_original) && place.source) return removeSource(core, place, place.source);
  const problems = checkMessage(message);
  const content = readableOf(message);
  if (problems.length > 0) {
    const { channel, threadTs } = place;
    const user = message.response_type === 'in_channel' ? null : place.user;
    const refused = { ...content, channel, user, threadTs };
    return { ...violationAnswer(core, via, problems, refused), status: 400 };
  }
  if (content.text === '' && content.blocks.length === 0 && content.attachments.length === 0) {
    return { status: 400, body: { ok: false, error: 'no_text' } };
  }
  if (asBoolean(message.replace_original) && place.source)
    return replaceSource(core, place, place.source, message);
  if (message.response_type === 'in_channel') return showAll(core, place, message);
  const threadTs = place.threadTs;
  core.journal.addEphemeral(
    { id: ownTs(core), channel: place.channel, user: place.user, threadTs, via },
    content,
  );
  return OK;
}

type Source = NonNullable<ResponsePlace['source']>;

async function removeSource(core: Core, place: ResponsePlace, source: Source): Promise<ApiAnswer> {
  if (source.kind === 'ephemeral') {
    core.journal.deleteEphemeral(source.ts);
    return OK;
  }
  const answer = await removeMessage(core, place.channel, source.ts, 'response');
  return answer.ok === true ? OK : { status: 404, body: answer };
}

async function replaceSource(core: Core, place: ResponsePlace, source: Source, message: JsonObject) {
  if (source.kind === 'ephemeral') {
    core.journal.replaceEphemeral(source.ts, readableOf(message));
    return OK;
  }
  const sent = { ...contentOf(message), channel: place.channel, ts: source.ts };
  const answer = await core.state.call('chat.update', sent, core.state.systemToken);
  if (answer.ok !== true) return { status: 404, body: answer };
  const shown = asObject(answer.message);
  core.journal.editMessage(
    place.channel,
    source.ts,
    readableOf(shown),
    metadataOf(shown.metadata),
    'response',
  );
  return OK;
}

async function showAll(core: Core, place: ResponsePlace, message: JsonObject): Promise<ApiAnswer> {
  const threadTs = asString(message.thread_ts) || null;
  const sent = {
    ...contentOf(message),
    channel: place.channel,
    ...(threadTs ? { thread_ts: threadTs } : {}),
  };
  const answer = await core.state.call('chat.postMessage', sent, core.state.systemToken);
  if (answer.ok !== true) return { status: 404, body: answer };
  const shown = asObject(answer.message);
  core.journal.addMessage(
    {
      ts: asString(answer.ts),
      channel: place.channel,
      user: APP.botUserId,
      threadTs,
      broadcast: false,
      metadata: metadataOf(shown.metadata),
    },
    readableOf(shown),
    'response',
  );
  return OK;
}

function contentOf(message: JsonObject): JsonObject {
  return {
    text: asString(message.text),
    blocks: asObjects(message.blocks),
    attachments: asObjects(message.attachments),
    ...(message.metadata ? { metadata: message.metadata } : {}),
  };
}

/** A timestamp for what only the journal keeps; the nines keep it apart from those emulate counts up. */
function ownTs(core: Core): string {
  const fraction = String(900_000 + (core.journal.ephemerals.length % 100_000));
  return `${Math.floor(core.settings.now() / 1000)}.${fraction}`;
}
