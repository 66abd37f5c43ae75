import type { Wished } from '../../core/subscription/apply-wish.ts';
import { type Message, section } from '../blocks/message.ts';
import { code } from '../blocks/text.ts';
import { subscriptionLine, subscriptionName } from './subscription-line.ts';

/** A message of one or two sentences, with no markup but ours. */
export function note(text: string): Message {
  return { text, blocks: [section(text)] };
}

/** The channel does not let us post. `reason` is Slack's error code. */
export function cannotPost(reason: string): Message {
  const why = code(reason.replaceAll(/[^a-z_]/g, ''));
  return note(
    `:warning: I cannot post here: invite me (\`/invite @upgrades\`) and subscribe again; nothing was saved. Slack says ${why}.`,
  );
}

/** Other organisations can read the channel, and the subscription does not allow that. */
export function readByOthers(wished: Wished): Message {
  const line = code(`/upgrades subscribe ${subscriptionName({ ...wished, external: true }, 300)}`);
  return note(
    `:lock: This channel is shared with another organisation, so nothing was saved. If they may read what is told here, say so: ${line}`,
  );
}

/** Saved, but the channel is closed: other organisations can read it, which these subscriptions do not allow. */
export function savedClosed(withoutConsent: readonly Wished[]): Message {
  const shown = withoutConsent.slice(0, 3).map((one) => `• ${subscriptionLine(one)}`);
  const rest = withoutConsent.length - shown.length;
  return note(
    [
      ':lock: It is saved. This channel is shared with another organisation, and I tell nothing here as long as it has a subscription without `external:yes`; what there is to tell is kept for 7 days.',
      ...shown,
      ...(rest > 0 ? [`and ${rest} more`] : []),
      'Subscribe each of them with `external:yes`, or end it with `/upgrades unsubscribe …`.',
    ].join('\n'),
  );
}

/** Saved, but the announcement follows later, or may not have arrived. */
export function savedUnposted(outcome: 'unknown' | 'later'): Message {
  const why = outcome === 'unknown' ? 'Slack did not say whether my message to the channel arrived.' : LATER;
  return note(`:white_check_mark: It is saved. ${why} \`/upgrades subscriptions\` shows it.`);
}

const LATER =
  'Slack accepts no more messages in the channel right now, so the announcement follows as soon as it does.';

/** Done by `unsubscribe`, but the announcement follows later. */
export const DONE_LATER = note(`:white_check_mark: Done. ${LATER}`);

/** Replaces the question before a loud subscription after *Cancel*. */
export const CANCELLED = note(':heavy_multiplication_x: Nothing was saved.');

/** The subscription in the button cannot be read. */
export const UNREADABLE = note(
  'I cannot read the subscription of this button, so nothing was saved. Subscribe again with `/upgrades subscribe`.',
);

/** The subscription no longer exists. */
export const GONE = note(
  'This channel no longer has that subscription, so nothing was changed. `/upgrades subscriptions` shows what it has.',
);

/** Two workspaces share the channel, and both have installed the app. */
export const NOT_OURS = note(
  'This channel is shared between workspaces, and its alerts belong to another one. Ask one of its members.',
);

/** Subscribing and explaining need a channel, and the home tab has none. */
export const NOT_HERE = note('Ask this in the channel it is about, with `/upgrades` and the same words.');

/** Another subscription of the channel already has the requested filter. */
export function taken(by: Wished): Message {
  return note(
    `This channel has a subscription with that filter already: ${subscriptionLine(by)}. Nothing was changed.`,
  );
}
