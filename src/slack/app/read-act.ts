import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ACTIONS } from '../../render/blocks/actions.ts';
import { SUBSCRIPTION_MODAL } from '../../render/subscription/subscription-modal.ts';

/** Something a person did, as far as it takes to know it again. The texts are digests: lines are nobody's business here. */
export interface Act {
  /** The same for the same thing done again by the same person in the same place. */
  readonly key: string;
  /** The same for every delivery of this one act; null where Slack names none. */
  readonly delivery: string | null;
  /**
   * Whether it changes something or posts for others by a mere press, so that a second time shows even where the first is
   * over. A line is never typed twice by mistake once its answer is there.
   */
  readonly settles: boolean;
}

/** Presses that others see something of, or that change something. All others show, and show the same again. */
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

/** Reads what a person did out of a request; null: nothing that is answered, or nothing that can be read. */
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
  // An ephemeral message has no `message`; its name stands in `container`.
  const where = [user.id, channel?.id, done.message?.ts ?? container?.message_ts, view?.id];
  if (type === 'view_submission') {
    const said = [view?.callback_id, view?.private_metadata, view?.state];
    return act([type, ...where], said, trigger_id, view?.callback_id === SUBSCRIPTION_MODAL);
  }
  const [pressed] = done.actions ?? [];
  if (pressed === undefined) return act([type, ...where], [done.callback_id], trigger_id, false);
  const { action_ts: _, ...action } = pressed;
  const settles = SETTLING.has(pressed.action_id ?? '');
  // What a window shows stands in its metadata: the next page is another press.
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
