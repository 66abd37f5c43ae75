import { z } from 'zod';

/** Who acts and where, as read from a Slack request. */
export type Acting =
  | {
      readonly kind: 'person';
      readonly userId: string;
      /** Their workspace if the request proves it; null if it has to be looked up. */
      readonly team: string | null;
      /** Null without a channel: direct messages, the home tab, shortcuts. */
      readonly channel: string | null;
    }
  /** Slack itself reports something that concerns us; no user acted. */
  | { readonly kind: 'slack' }
  /** Nothing here handles it, and nobody asked us anything. */
  | { readonly kind: 'unheard'; readonly what: string }
  /** Another program, or unreadable: nobody gets an answer. */
  | { readonly kind: 'nobody' };

/** Events by which users ask us something, besides direct messages. */
const ASKING: ReadonlySet<string> = new Set(['app_home_opened', 'app_mention']);

/** Events by which Slack reports what concerns us. Nothing handles any others, whatever caused them. */
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

/** Subtypes of messages people write; an ordinary message has none. */
export const writtenByPeople = z.enum(['file_share', 'thread_broadcast']);

/** Reads who acts. Slack signed the body, but anything a user could have put into it is not trusted. */
export function readActing(body: unknown): Acting {
  const typed = command.safeParse(body);
  if (typed.success) {
    const { user_id, team_id, channel_id } = typed.data;
    return person(user_id, team_id, channel_id);
  }
  // Closing a modal asks for nothing.
  const shut = closed.safeParse(body);
  if (shut.success) return { kind: 'unheard', what: `view_closed ${shut.data.view.callback_id}` };
  const pressed = interaction.safeParse(body);
  if (pressed.success) {
    const { user, channel, view } = pressed.data;
    // Not the payload's own `team`: that is the workspace that installed the app, not the user's.
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
  // Not the event's own `team`: in a direct message or the home tab it proves nothing about the user.
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

/** The channel a modal of ours was opened from (modal-place, subscription-place, detail-state). */
function channelOfView(metadata: string | null | undefined): string | null {
  try {
    return place.safeParse(JSON.parse(metadata ?? '')).data ?? null;
  } catch {
    return null;
  }
}
