import { z } from 'zod';

/** Who does something where, as a request of Slack's tells it. */
export type Acting =
  | {
      readonly kind: 'person';
      readonly userId: string;
      /** Their workspace, where the request proves it; null: it has to be looked up. */
      readonly team: string | null;
      /** Null: no channel, such as a direct message, the home tab or a shortcut. */
      readonly channel: string | null;
    }
  /** Slack itself tells something that concerns us and is no person's wish. */
  | { readonly kind: 'slack' }
  /** Something that happened which nothing here answers: nobody asked us anything. */
  | { readonly kind: 'unheard'; readonly what: string }
  /** Another program, or something that cannot be read: nobody is answered. */
  | { readonly kind: 'nobody' };

/** Events by which people ask us something. Messages are another: those written to us directly. */
const ASKING: ReadonlySet<string> = new Set(['app_home_opened', 'app_mention']);

/** Events by which Slack tells us what concerns us. Of all others nothing here hears, whoever caused them. */
const SLACKS_OWN: ReadonlySet<string> = new Set([
  'app_uninstalled',
  'channel_shared',
  'channel_unshared',
  'tokens_revoked',
]);

const id = z.string().min(1);
const maybe = id.nullish().catch(null);
const closed = z.object({ type: z.literal('view_closed'), view: z.object({ callback_id: id }) });
const command = z.object({ command: id, user_id: id, team_id: maybe, channel_id: maybe });
const interaction = z.object({
  user: z.object({ id, team_id: maybe }),
  channel: z.object({ id: maybe }).nullish().catch(null),
  view: z.object({ private_metadata: maybe }).nullish().catch(null),
});
const event = z.object({
  event: z.object({
    type: id,
    user: maybe,
    channel: maybe,
    channel_type: maybe,
    user_team: maybe,
    source_team: maybe,
    bot_id: z.unknown().optional(),
    subtype: z.unknown().optional(),
  }),
});

/** The kinds of message that people write, beside the ordinary one that has no kind. */
export const writtenByPeople = z.enum(['file_share', 'thread_broadcast']);

/** Reads who acts. What comes here is signed by Slack; what people could have put into it is not believed. */
export function readActing(body: unknown): Acting {
  const typed = command.safeParse(body);
  if (typed.success) {
    const { user_id, team_id, channel_id } = typed.data;
    return person(user_id, team_id, channel_id);
  }
  // Nobody asks anything by closing a window.
  const shut = closed.safeParse(body);
  if (shut.success) return { kind: 'unheard', what: `view_closed ${shut.data.view.callback_id}` };
  const pressed = interaction.safeParse(body);
  if (pressed.success) {
    const { user, channel, view } = pressed.data;
    // Not the payload's own `team`: it is the workspace that installed the app, whoever acts.
    return person(user.id, user.team_id, channel?.id ?? channelOfView(view?.private_metadata));
  }
  const told = event.safeParse(body);
  if (!told.success) return { kind: 'nobody' };
  const { type, user, channel, channel_type, user_team, source_team, bot_id, subtype } = told.data.event;
  if (SLACKS_OWN.has(type)) return { kind: 'slack' };
  const isDirect = type === 'message' && (channel_type === 'im' || channel?.startsWith('D') === true);
  if (!isDirect && !ASKING.has(type)) return { kind: 'unheard', what: `event ${type}` };
  const isWritten = subtype === undefined || writtenByPeople.safeParse(subtype).success;
  if (user == null || bot_id !== undefined || !isWritten) return { kind: 'nobody' };
  // Not the event's own `team`: in a direct message and for the home tab it proves nothing about the person.
  return person(user, user_team ?? source_team, channel);
}

function person(userId: string, team: string | null | undefined, channel: string | null | undefined): Acting {
  const isChannel = channel != null && !channel.startsWith('D');
  return { kind: 'person', userId, team: team ?? null, channel: isChannel ? channel : null };
}

const place = z.union([
  z.object({ c: id }).transform(({ c }) => c),
  z.object({ channel: id }).transform(({ channel }) => channel),
]);

/** The channel one of our windows was opened from, as it carries it along (modal-place, subscription-place, detail-state). */
function channelOfView(metadata: string | null | undefined): string | null {
  try {
    return place.safeParse(JSON.parse(metadata ?? '')).data ?? null;
  } catch {
    return null;
  }
}
