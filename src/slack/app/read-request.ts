import { z } from 'zod';

/** Slack's notice that it holds back events (docs.slack.dev, "app_rate_limited event"). Contains no event. */
const RATE_LIMITED = 'app_rate_limited';

const id = z.string().min(1).max(255);
const named = z.looseObject({ id });
const record = z.looseObject({});
const view = z.looseObject({
  id,
  callback_id: z.string().max(255),
  private_metadata: z.string().nullish(),
  state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), record)) }).nullish(),
});

/** Bolt checks these members before `type`; a request with another kind's member would get no answer. */
const foreign = z.undefined('belongs to another kind of request').optional();

/** What every interaction says about the user. */
const interaction = {
  event: foreign,
  name: foreign,
  user: named,
  team: named.nullish(),
  enterprise: named.nullish(),
  channel: named.nullish(),
  trigger_id: id.nullish(),
  response_url: z.string().nullish(),
};
const pressed = {
  container: record,
  message: z.looseObject({ ts: id }).nullish(),
  actions: z.array(z.looseObject({ type: id, action_id: id, block_id: id.optional() })).min(1),
};

const command = z.looseObject({
  event: foreign,
  command: id.startsWith('/'),
  text: z.string().optional(),
  user_id: id,
  team_id: id.nullish(),
  channel_id: id,
  response_url: z.string().nullish(),
  trigger_id: id.nullish(),
});

/**
 * What Bolt and our listeners take for granted in Slack's requests; the rest is parsed where it is used. An
 * unlisted kind is refused, since nothing would answer it. Sources: docs.slack.dev, "Interaction payloads",
 * "Events API", "Slash commands".
 */
const request = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('url_verification'), challenge: z.string() }),
  z.looseObject({ type: z.literal(RATE_LIMITED) }),
  z.looseObject({
    type: z.literal('event_callback'),
    team_id: id.nullish(),
    event_id: id,
    event: z.looseObject({
      type: id,
      channel: z.union([id, named]).nullish(),
      user: z.union([id, named]).nullish(),
      text: z.string().nullish(),
      ts: id.nullish(),
      thread_ts: id.nullish(),
    }),
  }),
  z.looseObject({ type: z.literal('block_actions'), ...interaction, ...pressed, view: view.nullish() }),
  z.looseObject({ type: z.literal('view_submission'), ...interaction, actions: foreign, view }),
  z.looseObject({ type: z.literal('view_closed'), ...interaction, actions: foreign, view }),
  z.looseObject({ type: z.literal('shortcut'), ...interaction, actions: foreign, callback_id: id }),
  z.looseObject({
    type: z.literal('message_action'),
    ...interaction,
    actions: foreign,
    callback_id: id,
    channel: named,
    message: z.looseObject({ ts: id }),
  }),
]);

/** What is wrong with a request's form, for the log: the member and what was expected. Null if it is fine. */
export function problemOfRequest(body: unknown): string | null {
  if (body === undefined) return 'the whole request: neither a form nor JSON';
  if (has(body, 'ssl_check')) return null;
  const form = has(body, 'command') ? command : request;
  const [issue] = form.safeParse(body).error?.issues ?? [];
  return issue === undefined ? null : `${issue.path.join('.') || 'the whole request'}: ${issue.message}`;
}

/** Whether Slack reports that it is holding back events, which Bolt does not handle. */
export function isRateNotice(body: unknown): boolean {
  return z.object({ type: z.literal(RATE_LIMITED) }).safeParse(body).success;
}

function has(body: unknown, name: string): boolean {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name);
}
