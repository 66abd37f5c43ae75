import { createEmulator } from 'emulate';
import type { Person } from '../directory.ts';
import { Directory, PARTNER_TEAM, type PersonSeed, SIBLING_TEAM, type Team } from '../directory.ts';
import type { JsonObject } from '../json.ts';
import { asObject, asObjects, asString, parseJson } from '../json.ts';
import type { Settings } from '../options.ts';

/** The ids and tokens of the one app that is installed. */
export const APP = {
  appId: 'A0UPGRADES',
  botId: 'B0UPGRADES',
  botUserId: 'U0UPGRADES',
  botToken: 'xoxb-sandbox-bot',
  appToken: 'xapp-sandbox-app',
} as const;

/** Acts for the bot with every scope: what Slack does itself, such as carrying out a response_url. */
const SYSTEM_TOKEN = 'xoxb-sandbox-system';
const ADMIN_TOKEN = 'xoxp-sandbox-admin';
const ADMIN_NAME = 'admin';

/** The emulated Web API: the place where messages and views are kept. */
export interface SlackState {
  readonly directory: Directory;
  readonly systemToken: string;
  /** Calls a method with a token and returns the answer, `ok: false` included. */
  call(method: string, params: JsonObject, token: string): Promise<JsonObject>;
  close(): Promise<void>;
}

/** Starts emulate with the seeded people and channels and learns the ids it gave them. */
export async function startSlackState(settings: Settings): Promise<SlackState> {
  const emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack: seedOf(settings) } });
  const call = async (method: string, params: JsonObject, token: string): Promise<JsonObject> => {
    const form = new URLSearchParams();
    for (const [key, value] of Object.entries(params)) {
      form.set(key, typeof value === 'string' ? value : JSON.stringify(value));
    }
    const response = await fetch(`${emulator.url}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    const answer = parseJson(await response.text());
    return response.status === 404 ? { ok: false, error: 'unknown_method' } : asObject(answer);
  };
  const directory = new Directory();
  await learnPeople(directory, settings, call);
  await learnChannels(directory, settings, call);
  return { directory, systemToken: SYSTEM_TOKEN, call, close: () => emulator.close() };
}

type Call = SlackState['call'];

function seedOf(settings: Settings) {
  const people = settings.people.map((one) => ({
    name: one.name,
    real_name: one.realName ?? one.name,
    email: `${one.name}@example.com`,
  }));
  const channels = settings.channels.map((one) => ({ name: one.name, is_private: one.private ?? false }));
  const bot = { user: APP.botUserId, app_id: APP.appId, bot_id: APP.botId, bot_user_id: APP.botUserId };
  return {
    team: { name: settings.team.name, domain: settings.team.domain },
    users: people,
    channels,
    strict_scopes: true,
    oauth_apps: [
      {
        app_id: APP.appId,
        client_id: 'sandbox-client',
        client_secret: 'sandbox-client-secret',
        name: 'Upgrades',
        redirect_uris: [],
        bot_id: APP.botId,
        bot_user_id: APP.botUserId,
        bot_name: 'upgrades',
      },
    ],
    tokens: [
      { token: APP.botToken, type: 'bot', scopes: [...settings.scopes], ...bot },
      { token: SYSTEM_TOKEN, type: 'bot', ...bot },
      { token: ADMIN_TOKEN, type: 'user', user: ADMIN_NAME },
      ...settings.people.map((one) => ({ token: tokenOf(one.name), type: 'user', user: one.name })),
    ],
  };
}

function tokenOf(name: string): string {
  return `xoxp-sandbox-person-${name}`;
}

/** Of people in several workspaces Slack names any one of them, wherever they act. */
function placed(where: NonNullable<PersonSeed['team']>, home: Team): Pick<Person, 'team' | 'teams'> {
  const team = { home, partner: PARTNER_TEAM, sibling: SIBLING_TEAM, both: SIBLING_TEAM }[where];
  return { team, teams: where === 'both' ? [home.id, team.id] : [team.id] };
}

async function learnPeople(directory: Directory, { team, people }: Settings, call: Call): Promise<void> {
  const answer = await call('users.list', { limit: 1000 }, ADMIN_TOKEN);
  for (const member of asObjects(answer.members)) {
    const id = asString(member.id);
    const name = asString(member.name);
    const seed = people.find((one) => one.name === name);
    const person: Person = {
      id,
      name,
      realName: asString(member.real_name),
      timeZone: seed?.timeZone ?? 'UTC',
      ...placed(seed?.team ?? 'home', team),
      outsider: seed?.team === 'partner',
      isBot: id === APP.botUserId,
      token: name === ADMIN_NAME ? ADMIN_TOKEN : tokenOf(name),
    };
    directory.people.set(id, person);
  }
}

/**
 * In emulate the bot is a member everywhere, since Slack lets a response_url write where the bot is not; whether the bot
 * itself may write or read is decided in front of it, by the directory.
 */
async function learnChannels(directory: Directory, settings: Settings, call: Call): Promise<void> {
  const types = 'public_channel,private_channel';
  const answer = await call('conversations.list', { types, limit: 1000 }, ADMIN_TOKEN);
  for (const channel of asObjects(answer.channels)) {
    const id = asString(channel.id);
    const name = asString(channel.name);
    const seed = settings.channels.find((one) => one.name === name);
    directory.channels.set(id, {
      id,
      name,
      kind: channel.is_private === true ? 'private' : 'public',
      externallyShared: seed?.externallyShared ?? false,
      botIsMember: seed !== undefined && (seed.botIsMember ?? true),
      archived: false,
      user: null,
    });
    await call('conversations.invite', { channel: id, users: APP.botUserId }, ADMIN_TOKEN);
  }
}
