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
  /** The previous subscription; null: it is new. */
  readonly before: Wished | null;
  /** Null: the hours did not change. */
  readonly hours: ChannelHours | null;
  /** When the next digest is due; null: there is none. */
  readonly digestAt: Instant | null;
  /** Whether only hours were given, so that the default subscription was added. */
  readonly byHours: boolean;
  /** Null: the posts about tasks do not change. */
  readonly preview: PreviewAnswer | null;
  /** Whether the channel was closed until now; the notifications kept for it are posted next. */
  readonly resumed: boolean;
}

/** Characters shown of the subscription a message is about. */
const WHOLE = 1_000;

/** Announces to a channel what is posted from now on, with a preview of the last days. Mentions nobody. */
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

/** Shown only to the subscriber: the preview, with *Edit* and *Remove*. `id` null: only hours were saved. */
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
