import { APP } from '../api/slack-state.ts';
import type { Core } from '../core.ts';
import type { Channel, Person } from '../directory.ts';
import { PARTNER_TEAM } from '../directory.ts';
import type { Json, JsonObject } from '../json.ts';
import { asObjects } from '../json.ts';
import type { Ephemeral, OpenedView, Reply } from '../types.ts';
import type { FoundElement } from './find-element.ts';
import { withBlockIds } from './find-element.ts';
import { type Filled, heldBy, stateOf } from './view-state.ts';

/** The old verification token every payload still carries. */
const LEGACY_TOKEN = 'sandbox-legacy-token';

/** The form of a slash command. It names one team only: that in which it was typed. */
export function commandPayload(
  person: Person,
  channel: Channel,
  command: string,
  text: string,
  links: { readonly responseUrl: string; readonly triggerId: string },
): JsonObject {
  const hidden = channel.kind === 'im' ? 'directmessage' : 'privategroup';
  return {
    token: LEGACY_TOKEN,
    team_id: person.teams[0] ?? person.team.id,
    team_domain: person.team.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'public' ? channel.name : hidden,
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: APP.appId,
    is_enterprise_install: 'false',
    response_url: links.responseUrl,
    trigger_id: links.triggerId,
  };
}

/**
 * What every interaction begins with. `team` is the workspace that installed the app even when an outsider acts in a
 * shared channel; only `user.team_id` tells where the person comes from (seen in payloads of real workspaces).
 */
export function interaction(core: Core, type: string, person: Person, more: JsonObject): JsonObject {
  return {
    type,
    token: LEGACY_TOKEN,
    api_app_id: APP.appId,
    team: { id: core.settings.team.id, domain: core.settings.team.domain },
    user: { id: person.id, username: person.name, name: person.name, team_id: person.team.id },
    enterprise: null,
    is_enterprise_install: false,
    ...more,
  };
}

/** `actions[0]` of a press. */
export function actionOf(core: Core, found: FoundElement, selected?: string | readonly string[]): JsonObject {
  const { element, blockId } = found;
  const held =
    element.type === 'button' ? pick(element, ['text', 'value', 'url']) : heldBy(element, selected);
  const ids = pick(element, ['type', 'action_id']);
  return { ...ids, block_id: blockId, ...held, action_ts: (core.settings.now() / 1000).toFixed(6) };
}

function pick(element: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.flatMap((key): [string, Json][] => {
      const value = element[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** The message an interaction happened on, for the payload. An ephemeral one is only named, never repeated. */
export function messagePart(core: Core, channel: Channel, source: Reply | Ephemeral): JsonObject {
  const isEphemeral = 'id' in source;
  const ts = isEphemeral ? source.id : source.ts;
  const place = { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name };
  const container = { type: 'message', message_ts: ts, channel_id: channel.id, is_ephemeral: isEphemeral };
  const thread: JsonObject = source.threadTs === null ? {} : { thread_ts: source.threadTs };
  const state = stateOf(source.blocks);
  if (isEphemeral) return { container: { ...container, ...thread }, channel: place, state };
  return { container: { ...container, ...thread }, channel: place, state, message: messageOf(core, source) };
}

/** A message as payloads carry it. */
export function messageOf(core: Core, message: Reply): JsonObject {
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    blocks: withBlockIds(message.blocks),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.user === APP.botUserId
      ? { bot_id: APP.botId, app_id: APP.appId, team: core.settings.team.id }
      : {}),
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(message.metadata === null ? {} : { metadata: message.metadata }),
  };
}

/** A view as payloads carry it, with what the person filled in. */
export function viewOf(opened: OpenedView, filled?: Filled): JsonObject {
  const blocks = asObjects(opened.view.blocks);
  return { ...opened.view, blocks: withBlockIds(blocks), state: stateOf(blocks, filled) };
}

/** The envelope of an event. */
export function eventPayload(
  core: Core,
  event: JsonObject,
  channel: Channel | null,
  eventId?: string,
): JsonObject {
  const shared = channel?.externallyShared ?? false;
  const installation = {
    enterprise_id: null,
    team_id: core.settings.team.id,
    user_id: APP.botUserId,
    is_bot: true,
  };
  return {
    token: LEGACY_TOKEN,
    team_id: core.settings.team.id,
    context_team_id: core.settings.team.id,
    context_enterprise_id: null,
    api_app_id: APP.appId,
    type: 'event_callback',
    event_id: eventId ?? `Ev${crypto.randomUUID().replaceAll('-', '')}`,
    event_time: Math.floor(core.settings.now() / 1000),
    authorizations: [{ ...installation, is_enterprise_install: false }],
    is_ext_shared_channel: shared,
    event,
  };
}

/** The members of a message event that tell an outsider in a shared channel. */
export function teamsOf(core: Core, person: Person, channel: Channel): JsonObject {
  if (!channel.externallyShared) return { team: core.settings.team.id };
  const team = person.outsider ? PARTNER_TEAM.id : core.settings.team.id;
  return { team, user_team: team, source_team: team };
}
