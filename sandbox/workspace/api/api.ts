import type { ApiAnswer, Core } from '../core.ts';
import { limited, refusal } from '../core.ts';
import type { JsonObject } from '../json.ts';
import { asString, parseJson } from '../json.ts';
import { readRefusal } from './access.ts';
import { decorate } from './decorate.ts';
import { readHistory } from './history.ts';
import { MESSAGE_METHODS } from './messages.ts';
import { APP } from './slack-state.ts';
import { VIEW_METHODS } from './views.ts';

const STRUCTURED = ['blocks', 'attachments', 'metadata', 'view'];
const HISTORY = ['conversations.history', 'conversations.replies'];
/** What each kind of conversation has a scope of its own for. */
const OF_A_CHANNEL = [...HISTORY, 'conversations.info'];
/** emulate's own helper; Slack has no such method. */
const HIDDEN = ['views.generateTriggerId'];

/** Answers one call of the Web API: what emulate lacks here, all the rest there. */
export async function answerCall(
  core: Core,
  method: string,
  given: JsonObject,
  token: string,
): Promise<ApiAnswer> {
  if (method === 'api.test') return { status: 200, body: { ok: true } };
  const refused = refuseToken(method, token);
  if (refused) return refusal(refused);
  if (method === 'apps.connections.open') {
    const url = `${core.baseUrl().replace('http:', 'ws:')}${core.sockets.createPath()}`;
    return { status: 200, body: { ok: true, url } };
  }
  const params = structured(given);
  const missing = missingScope(core, method, params);
  if (missing !== null) {
    return refusal('missing_scope', { needed: missing, provided: grantedScopes(core).join(',') });
  }
  const effect = MESSAGE_METHODS.get(method) ?? VIEW_METHODS.get(method);
  if (effect) return core.serial(() => effect(core, params));
  const retryAfter = HISTORY.includes(method) ? core.historyRates.take(method, core.settings.now()) : null;
  if (retryAfter !== null) return limited(retryAfter);
  return { status: 200, body: await read(core, method, params) };
}

async function read(core: Core, method: string, params: JsonObject): Promise<JsonObject> {
  if (HIDDEN.includes(method)) return { ok: false, error: 'unknown_method' };
  if (method === 'usergroups.list') return userGroups(core);
  if (method === 'usergroups.users.list') return membersOf(core, asString(params.usergroup));
  const ask = (asked: JsonObject) => core.state.call(method, asked, APP.botToken);
  const answer = HISTORY.includes(method) ? await readHistory(core, method, params, ask) : await ask(params);
  if (answer.ok === true && method.startsWith('conversations.')) {
    const reason = readRefusal(core.directory.findChannel(asString(params.channel)), method);
    if (reason !== null) return { ok: false, error: reason };
  }
  if (answer.ok === true && method === 'conversations.members') return inChannel(core, params, answer);
  return decorate(core, method, answer);
}

function refuseToken(method: string, token: string): string | null {
  if (token === '') return 'not_authed';
  const wanted = method === 'apps.connections.open' ? APP.appToken : APP.botToken;
  if (token === wanted) return null;
  return token === APP.appToken || token === APP.botToken ? 'not_allowed_token_type' : 'invalid_auth';
}

/** What the bot token may do now. */
export function grantedScopes(core: Core): readonly string[] {
  return core.settings.scopes.filter((scope) => !core.withheld.has(scope));
}

/** Scopes of the methods that are answered here, or checked here before emulate sees them; emulate knows no withheld ones. */
function missingScope(core: Core, method: string, params: JsonObject): string | null {
  const needed = neededScope(core, method, params);
  if (needed === null) return null;
  if (OF_A_CHANNEL.includes(method)) return core.withheld.has(needed) ? needed : null;
  return grantedScopes(core).includes(needed) ? null : needed;
}

function neededScope(core: Core, method: string, params: JsonObject): string | null {
  if (method.startsWith('chat.')) return 'chat:write';
  if (method.startsWith('usergroups.')) return 'usergroups:read';
  if (method === 'users.info') return 'users:read';
  if (!OF_A_CHANNEL.includes(method)) return null;
  const kind = core.directory.findChannel(asString(params.channel))?.kind;
  const family = kind === 'private' ? 'groups' : kind === 'im' ? 'im' : 'channels';
  return `${family}:${HISTORY.includes(method) ? 'history' : 'read'}`;
}

/** Nested arguments come as JSON text in forms and as they are in JSON bodies. */
function structured(params: JsonObject): JsonObject {
  const parsed = STRUCTURED.flatMap((key) => {
    const value = params[key];
    const read = typeof value === 'string' ? parseJson(value) : value;
    return read === undefined ? [] : [[key, read] as const];
  });
  return { ...params, ...Object.fromEntries(parsed) };
}

/** Emulate's channels have nobody in them but the bot. */
function inChannel(core: Core, params: JsonObject, answer: JsonObject): JsonObject {
  const name = core.directory.findChannel(asString(params.channel))?.name;
  const members = core.settings.channels.find((one) => one.name === name)?.members;
  const people = members?.map((one) => core.directory.person(one)) ?? [...core.directory.people.values()];
  return { ...answer, members: people.map(({ id }) => id) };
}

function membersOf(core: Core, id: string): JsonObject {
  const group = core.settings.userGroups.find((one) => one.id === id);
  if (!group) return { ok: false, error: 'no_such_subteam' };
  return { ok: true, users: (group.members ?? []).map((name) => core.directory.person(name).id) };
}

function userGroups(core: Core): JsonObject {
  const usergroups = core.settings.userGroups.map((one) => ({
    id: one.id,
    handle: one.handle,
    name: one.name,
    is_usergroup: true,
    date_delete: 0,
  }));
  return { ok: true, usergroups };
}
