import type { App } from '@slack/bolt';
import type { JsonObject } from '../../../sandbox/workspace/json.ts';
import type { Delivery } from '../../../sandbox/workspace/people/deliver.ts';
import { FILTER_MODAL } from '../../../src/render/question/filter-modal.ts';
import {
  SUBSCRIPTION_CONTROLS,
  SUBSCRIPTION_MODAL,
} from '../../../src/render/subscription/subscription-modal.ts';
import { DEVICE_INPUT, DEVICE_MODAL } from '../../../src/render/task/device-modal.ts';
import type { SlackParts } from '../../../src/slack/app/parts.ts';
import { registerListeners } from '../../../src/slack/app/register.ts';

/** A listener as it was registered: what kind of request it hears, and by which name. */
export interface Registered {
  readonly kind: 'command' | 'action' | 'view' | 'shortcut' | 'event';
  readonly name: string;
}

/** Every listener of the bot, asked of the registration itself: none can be forgotten here. */
export function everyListener(): readonly Registered[] {
  const heard: Registered[] = [];
  const record = (kind: Registered['kind']) => (constraint: unknown) => {
    heard.push({ kind, name: nameOf(constraint) });
  };
  const recorder = {
    command: record('command'),
    action: record('action'),
    view: record('view'),
    shortcut: record('shortcut'),
    event: record('event'),
  };
  // Of the app only these methods are used to register; a listener of another kind fails here and has to be added. Of
  // the parts nothing is used before a request comes.
  registerListeners(recorder as unknown as App, {} as SlackParts);
  return heard;
}

function nameOf(constraint: unknown): string {
  const id: unknown =
    typeof constraint === 'object' && constraint !== null && 'action_id' in constraint
      ? constraint.action_id
      : constraint;
  if (typeof id === 'string') return id;
  // The command, by whatever name, and the listeners of whatever no other one knows.
  const example = [UNKNOWN, '/upgrades'].find((one) => id instanceof RegExp && id.test(one));
  if (example !== undefined) return example;
  throw new Error(`a listener of an unknown form: ${String(constraint)}`);
}

const UNKNOWN = 'of_another_version';

/** Somebody who acts, where, and where the bot may answer. */
export interface Actor {
  readonly user: { readonly id: string; readonly team: { readonly id: string } };
  readonly homeTeam: string;
  /** A channel, and the direct messages with the bot. */
  readonly channel: string;
  readonly direct: string;
  readonly responseUrl: string;
}

/** Events that Slack tells of its own accord: no person does anything. */
export const SLACKS_OWN = ['app_uninstalled', 'channel_shared', 'channel_unshared', 'tokens_revoked'];

/** What each window holds when it is sent: enough for its listener to begin its work. */
const FILLED: Readonly<Record<string, JsonObject>> = {
  [FILTER_MODAL]: {},
  [UNKNOWN]: {},
  [DEVICE_MODAL]: { [DEVICE_INPUT]: { [DEVICE_INPUT]: { value: 'device-1' } } },
  [SUBSCRIPTION_MODAL]: {
    [SUBSCRIPTION_CONTROLS.kinds]: {
      [SUBSCRIPTION_CONTROLS.kinds]: { selected_options: [{ value: 'failed' }] },
    },
  },
};

const TRIGGER = '1.2.not-a-trigger-of-slack';
const MESSAGE = { type: 'message', ts: '1710137102.000100', text: 'op-1 failed', user: 'U0SOMEBODY' };

/** The requests that reach a listener when this person does what it hears, as Slack would send them. */
export function requestsFor({ kind, name }: Registered, actor: Actor): readonly Delivery[] {
  switch (kind) {
    case 'command':
      return [{ type: 'slash_commands', payload: command(name, actor) }];
    case 'action':
      return [interactive(pressOnMessage(name, actor)), interactive(pressInWindow(name, actor))];
    case 'view':
      return [interactive(submission(name, actor))];
    case 'shortcut':
      return [interactive(shortcut(name, actor))];
    case 'event':
      return [event(name, actor)];
  }
}

function interactive(payload: JsonObject): Delivery {
  return { type: 'interactive', payload };
}

function command(name: string, { user, channel, responseUrl }: Actor): JsonObject {
  const place = { channel_id: channel, channel_name: 'somewhere' };
  const who = { user_id: user.id, user_name: 'somebody', team_id: user.team.id, team_domain: 'somewhere' };
  const links = { response_url: responseUrl, trigger_id: TRIGGER };
  return { ...who, ...place, ...links, command: name, text: 'failed', is_enterprise_install: 'false' };
}

function acting(type: string, { user, homeTeam }: Actor): JsonObject {
  return {
    type,
    // The workspace that installed the app, whoever acts.
    team: { id: homeTeam, domain: 'home' },
    user: { id: user.id, username: 'somebody', team_id: user.team.id },
    trigger_id: TRIGGER,
    is_enterprise_install: false,
    enterprise: null,
  };
}

function pressOnMessage(name: string, actor: Actor): JsonObject {
  return {
    ...acting('block_actions', actor),
    container: { type: 'message', message_ts: MESSAGE.ts, channel_id: actor.channel, is_ephemeral: false },
    channel: { id: actor.channel, name: 'somewhere' },
    message: MESSAGE,
    actions: [button(name)],
    response_url: actor.responseUrl,
  };
}

function pressInWindow(name: string, actor: Actor): JsonObject {
  const view = window('answer', actor.channel);
  return {
    ...acting('block_actions', actor),
    container: { type: 'view', view_id: 'V0WINDOW' },
    view,
    actions: [button(name)],
  };
}

function submission(name: string, actor: Actor): JsonObject {
  const values = FILLED[name];
  if (values === undefined) throw new Error(`nothing is filled into the view ${name}: add it to FILLED`);
  const view = { ...window(name, actor.channel), state: { values } };
  return { ...acting('view_submission', actor), view, response_urls: [] };
}

function shortcut(name: string, actor: Actor): JsonObject {
  const called = { callback_id: name, action_ts: '1710137102.000100' };
  switch (name) {
    case 'look_up_device':
      return { ...acting('shortcut', actor), ...called };
    case 'find_ids':
    case UNKNOWN: {
      const place = { channel: { id: actor.channel, name: 'somewhere' }, message_ts: MESSAGE.ts };
      const links = { response_url: actor.responseUrl };
      return { ...acting('message_action', actor), ...called, ...place, ...links, message: MESSAGE };
    }
    default:
      throw new Error(`nobody knows how the shortcut ${name} is called: add it here`);
  }
}

function event(name: string, { user, homeTeam, channel, direct }: Actor): Delivery {
  const stamp = { ts: '1710137102.000200', event_ts: '1710137102.000200' };
  const own: Readonly<Record<string, JsonObject>> = {
    app_home_opened: { user: user.id, channel: direct, tab: 'home', event_ts: stamp.event_ts },
    app_mention: {
      ...{ user: user.id, channel, text: '<@U0UPGRADES> failed', ...stamp },
      ...{ team: user.team.id, user_team: user.team.id, source_team: user.team.id },
    },
    // As in direct messages: nothing in it tells where the person comes from.
    message: { user: user.id, channel: direct, channel_type: 'im', text: 'failed', ...stamp },
  };
  const inner = own[name];
  if (inner === undefined) throw new Error(`nobody knows what the event ${name} looks like: add it here`);
  const payload = {
    type: 'event_callback',
    team_id: homeTeam,
    event_id: `Ev${crypto.randomUUID().replaceAll('-', '')}`,
    event: { type: name, ...inner },
  };
  return { type: 'events_api', payload };
}

function button(name: string): JsonObject {
  return { type: 'button', action_id: name, block_id: 'b', value: 'op-1', action_ts: '1710137102.000100' };
}

function window(name: string, channel: string): JsonObject {
  return {
    ...{ id: 'V0WINDOW', type: 'modal', callback_id: name, hash: '1.1', blocks: [] },
    private_metadata: JSON.stringify({ c: channel }),
    state: { values: {} },
  };
}
