import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ACTIONS } from '../../render/blocks/actions.ts';
import { SUBSCRIPTION_MODAL } from '../../render/subscription/subscription-modal.ts';

/**
 * What identifies a user's act, to detect repeats. Both texts are digests, so that no typed line is stored.
 */
export interface Act {
  /** The same whenever one user does the same thing in the same place. */
  readonly key: string;
  /** The same for every delivery of this one act; null if Slack gave no id. */
  readonly delivery: string | null;
  /**
   * Whether the press changes something or posts for others, so that a repeat would show even after the first
   * has ended. Typed lines never settle: nobody repeats one by mistake once it is answered.
   */
  readonly settles: boolean;
}

/** Presses that change something or that others can see. Repeating any other one is harmless. */
const SETTLING: ReadonlySet<string> = new Set([
  ACTIONS.acknowledgeTask,
  ACTIONS.cancelSubscription,
  ACTIONS.detailReasons,
  ACTIONS.muteTask,
  ACTIONS.removeSubscription,
  ACTIONS.saveNearest,
  ACTIONS.saveSubscription,
  ACTIONS.shareList,
  ACTIONS.taskHistory,
  ACTIONS.taskReasons,
  ACTIONS.unmuteTask,
]);

const maybe = z.string().nullish().catch(null);
const id = z.object({ id: maybe }).nullish().catch(null);
const command = z.object({
  command: z.string(),
  text: z.string().default(''),
  user_id: z.string(),
  channel_id: maybe,
  trigger_id: maybe,
});
const message = z.object({
  event_id: maybe,
  event: z.object({
    type: z.enum(['app_mention', 'message']),
    user: z.string(),
    text: z.string(),
    channel: maybe,
    thread_ts: maybe,
  }),
});
const interaction = z.object({
  type: z.string(),
  user: z.object({ id: z.string() }),
  channel: id,
  message: z.object({ ts: maybe }).nullish().catch(null),
  container: z.record(z.string(), z.unknown()).nullish().catch(null),
  view: z
    .looseObject({ id: maybe, callback_id: maybe, private_metadata: maybe, state: z.unknown().optional() })
    .nullish()
    .catch(null),
  actions: z
    .array(z.looseObject({ action_id: maybe }))
    .nullish()
    .catch(null),
  callback_id: maybe,
  trigger_id: maybe,
});

/** Reads the act from a request; null if it is not one we answer, or is unreadable. */
export function readAct(body: unknown): Act | null {
  const typed = command.safeParse(body).data;
  if (typed) {
    const { user_id, channel_id, text, trigger_id } = typed;
    return act(['line', user_id, channel_id], [typed.command, text], trigger_id, false);
  }
  const written = message.safeParse(body).data;
  if (written) {
    const { type, user, channel, thread_ts, text } = written.event;
    return act(['line', user, channel, thread_ts], [type, text], written.event_id, false);
  }
  const done = interaction.safeParse(body).data;
  if (!done) return null;
  const { type, user, channel, container, view, trigger_id } = done;
  // An ephemeral message has no `message`; its ts is in `container`.
  const where = [user.id, channel?.id, done.message?.ts ?? container?.message_ts, view?.id];
  if (type === 'view_submission') {
    const said = [view?.callback_id, view?.private_metadata, view?.state];
    return act([type, ...where], said, trigger_id, view?.callback_id === SUBSCRIPTION_MODAL);
  }
  const [pressed] = done.actions ?? [];
  if (pressed === undefined) return act([type, ...where], [done.callback_id], trigger_id, false);
  const { action_ts: _, ...action } = pressed;
  const settles = SETTLING.has(pressed.action_id ?? '');
  // A modal's metadata says what it shows, so Next on another page is another press.
  return act([type, ...where], [action, view?.private_metadata], trigger_id, settles);
}

function act(
  place: readonly unknown[],
  what: readonly unknown[],
  delivery: string | null | undefined,
  settles: boolean,
): Act {
  const key = digest([place, what]);
  return { key, delivery: delivery ? digest([key, delivery]) : null, settles };
}

function digest(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
