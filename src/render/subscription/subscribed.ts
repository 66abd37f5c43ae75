import type { ChangeKind } from '../../core/change/changes.ts';
import type { PreviewAnswer } from '../../core/notification/preview.ts';
import { idleThresholds, type Wished } from '../../core/subscription/apply-wish.ts';
import { printSubscription } from '../../core/subscription/print-subscription.ts';
import type { ChannelHours } from '../../core/subscription/subscription.ts';
import type { Instant } from '../../lib/instant.ts';
import { context, fitLines, type Message, sections } from '../blocks/message.ts';
import { date, plain } from '../blocks/text.ts';
import { subscriptionButtons } from './subscription-buttons.ts';
import { hoursLine, subscriptionLine, subscriptionName } from './subscription-line.ts';
import { previewLines, previewSentence } from './subscription-preview.ts';

/** A subscription or hours that were just saved. */
export interface Subscribed {
  /** Null: only the hours changed. */
  readonly wished: Wished | null;
  /** What the subscription was before; null: it is new. */
  readonly before: Wished | null;
  /** Null: nothing was said of them. */
  readonly hours: ChannelHours | null;
  /** When the digest comes next; null: there is none. */
  readonly digestAt: Instant | null;
  /** A line of nothing but hours made the usual subscription as well. */
  readonly byHours: boolean;
  /** Null: nothing changes in what is told of tasks. */
  readonly preview: PreviewAnswer | null;
  /** What was kept while the channel was closed is told now. */
  readonly resumed: boolean;
}

/** Characters shown of the one subscription a message is about. */
const WHOLE = 1_000;

/** Says to a channel what it is told of from now on, and what that would have been lately. Calls nobody. */
export function subscribed(state: Subscribed): Message {
  const { wished, before, hours, byHours, preview, resumed } = state;
  const head = headOf(state);
  const lines = [
    wished === null ? `:bell: *${head}*` : `:bell: *${head}* · ${subscriptionLine(wished, WHOLE)}`,
    ...(before !== null && head === CHANGED ? [`Before: ${subscriptionLine(before)}`] : []),
    ...(hours === null ? [] : [hoursSentence(hours, state.digestAt)]),
    ...(byHours ? ['There was no subscription here yet, so this is the usual one, for all tasks.'] : []),
    ...(wished === null ? [] : idleThresholds(wished).map(idleLine)),
    ...(resumed ? ['What I kept while I could not post here follows.'] : []),
  ];
  return {
    text: textOf(state, head),
    blocks: [
      ...sections(lines),
      ...(preview === null ? [] : sections(previewLines(preview))),
      context('`/upgrades subscriptions` lists what is told here, `/upgrades unsubscribe` ends it.'),
    ],
  };
}

/**
 * What whoever subscribed alone gets to read beside the channel's message: what it would have told lately, and the way
 * back. `id` null: only hours were saved.
 */
export function savedAndPosted(preview: PreviewAnswer | null, id: string | null): Message {
  const saved = 'Saved; the channel was told.';
  return {
    text: preview === null ? saved : `${saved} ${previewSentence(preview)}`,
    blocks: [
      ...sections([`:white_check_mark: ${saved}`, ...(preview === null ? [] : previewLines(preview))]),
      ...(id === null ? [] : [subscriptionButtons(id, null)]),
    ],
  };
}

const CHANGED = 'Subscription changed';

function headOf({ wished, before }: Subscribed): string {
  if (wished === null) return 'Hours set';
  if (before === null) return 'Subscribed';
  return printSubscription(before) === printSubscription(wished) ? 'Subscribed already' : CHANGED;
}

function hoursSentence(hours: ChannelHours, digestAt: Instant | null): string {
  const next = digestAt === null ? '' : ` The next digest comes ${date(digestAt)}.`;
  return `Hours of this channel: ${hoursLine(hours)}.${next}`;
}

function idleLine(kind: ChangeKind): string {
  return `:information_source: The threshold for \`${kind}\` has no effect: it is not among the kinds after \`on:\`.`;
}

function textOf({ wished, hours, preview }: Subscribed, head: string): string {
  const parts = [
    wished === null ? `${head}.` : `${head}: ${plain(subscriptionName(wished, WHOLE))}.`,
    ...(hours === null ? [] : [`Hours of this channel: ${hoursLine(hours)}.`]),
    ...(preview === null ? [] : [previewSentence(preview)]),
  ];
  return fitLines(parts.join(' '), 3_500);
}
