import type { ApiAnswer, Core } from '../core.ts';
import { refusal } from '../core.ts';
import type { JsonObject } from '../json.ts';
import { asObject, asString, isObject } from '../json.ts';
import type { Trigger } from '../people/triggers.ts';
import { checkView } from './check-blocks.ts';
import { violationAnswer } from './refuse-content.ts';
import { APP } from './slack-state.ts';

type Handler = (core: Core, params: JsonObject) => Promise<ApiAnswer>;

/** The methods that change views; `params.view` is parsed. */
export const VIEW_METHODS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['views.open', (core, params) => openByTrigger(core, 'views.open', params)],
  ['views.push', (core, params) => openByTrigger(core, 'views.push', params)],
  ['views.update', (core, params) => putView(core, 'views.update', params)],
  ['views.publish', (core, params) => putView(core, 'views.publish', params)],
]);

async function openByTrigger(core: Core, method: string, params: JsonObject): Promise<ApiAnswer> {
  const refused = refuse(core, method, params);
  if (refused) return refused;
  const trigger = core.triggers.exchange(
    asString(params.trigger_id) || asString(params.interactivity_pointer),
  );
  if (typeof trigger === 'string') return refusal(trigger);
  return openView(core, method, params, trigger);
}

/** Opens or pushes a view for a trigger that was accepted; emulate wants a trigger of its own. */
export async function openView(
  core: Core,
  method: string,
  params: JsonObject,
  trigger: Trigger,
): Promise<ApiAnswer> {
  const asked = { user_id: trigger.user, ...(trigger.viewId ? { view_id: trigger.viewId } : {}) };
  const made = await core.state.call('views.generateTriggerId', asked, APP.botToken);
  const sent = { view: params.view ?? null, trigger_id: asString(made.trigger_id) };
  const body = await core.state.call(method, sent, APP.botToken);
  return keep(core, body, trigger.user);
}

/** Changes a view by id, or publishes a home tab. */
export async function putView(core: Core, method: string, params: JsonObject): Promise<ApiAnswer> {
  const refused = refuse(core, method, params);
  if (refused) return refused;
  // A window the person has closed cannot be changed any more; emulate does not know of closing.
  const known = core.journal.views.find(({ id }) => id === asString(params.view_id));
  if (known?.closed) return refusal('not_found');
  const body = await core.state.call(method, params, APP.botToken);
  return keep(core, body, asString(params.user_id));
}

function refuse(core: Core, method: string, params: JsonObject): ApiAnswer | null {
  if (!isObject(params.view)) return refusal('invalid_arguments');
  const problems = checkView(params.view);
  return problems.length === 0 ? null : violationAnswer(core, method, problems);
}

function keep(core: Core, body: JsonObject, user: string): ApiAnswer {
  if (body.ok !== true) return { status: 200, body };
  const view = { ...asObject(body.view), app_installed_team_id: core.settings.team.id };
  core.journal.putView(view, user);
  return { status: 200, body: { ...body, view } };
}
