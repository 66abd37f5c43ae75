import type { Wished } from '../core/subscription/apply-wish.ts';
import { type Message, section } from './message.ts';
import { subscriptionLine } from './subscription-line.ts';
import { code } from './text.ts';

/** A message of one sentence or two, which hold no markup but ours. */
function note(text: string): Message {
  return { text, blocks: [section(text)] };
}

/** The channel does not let us post. `reason` is Slack's word. */
export function cannotPost(reason: string): Message {
  const why = code(reason.replaceAll(/[^a-z_]/g, ''));
  return note(
    `:warning: I cannot post here: invite me (\`/invite @upgrades\`) and subscribe again; nothing was saved. Slack says ${why}.`,
  );
}

/** Saved, but the channel could not be told of it now. */
export function savedUntold(outcome: 'unknown' | 'later'): Message {
  const why =
    outcome === 'unknown'
      ? 'Slack did not say whether my message to the channel arrived.'
      : 'Slack takes no more messages in the channel right now, so it was not told of it.';
  return note(`:white_check_mark: It is saved. ${why} \`/upgrades subscriptions\` shows it.`);
}

/** What takes the place of the question before a loud subscription, after a no. */
export const CANCELLED = note(':heavy_multiplication_x: Nothing was saved.');

/** A button whose subscription cannot be read. */
export const UNREADABLE = note(
  'I cannot read the subscription of this button, so nothing was saved. Subscribe again with `/upgrades subscribe`.',
);

/** The subscription is no longer there. */
export const GONE = note(
  'This channel no longer has that subscription, so nothing was changed. `/upgrades subscriptions` shows what it has.',
);

/** Two workspaces share the channel, and both have installed the app. */
export const NOT_OURS = note(
  'This channel is shared between workspaces, and another one is told here already. Ask one of its members to change that.',
);

/** Subscribing and explaining belong to a channel, and the home tab is none. */
export const NOT_HERE = note('Ask this in the channel it is about, with `/upgrades` and the same words.');

/** Another subscription of the channel has the filter somebody wants to give to this one. */
export function taken(by: Wished): Message {
  return note(
    `This channel has a subscription with that filter already: ${subscriptionLine(by)}. Nothing was changed.`,
  );
}
