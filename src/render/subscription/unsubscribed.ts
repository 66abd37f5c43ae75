import type { ChangeKind } from '../../core/change/changes.ts';
import type { Wished } from '../../core/subscription/apply-wish.ts';
import { printKinds } from '../../core/subscription/print-subscription.ts';
import { context, fitLines, type Message, section, sections } from '../blocks/message.ts';
import { counted, plain } from '../blocks/text.ts';
import { kindWords, subscriptionLine, subscriptionName } from './subscription-line.ts';

/** The result of removing subscriptions. */
export interface Removed {
  readonly removed: readonly Wished[];
  /** Subscriptions left in the channel. */
  readonly left: number;
  /** Whether the channel's hours were removed with the last one. */
  readonly hoursToo: boolean;
  /** Whether its threads end too, because other organisations can read the channel; missing: they go on. */
  readonly threadsToo?: boolean;
}

/** Subscriptions listed; the rest are only counted. */
const SHOWN = 10;
const THREADS = 'Tasks that have a message here go on in its thread.';
const THREADS_END =
  'This channel is shared with another organisation, so the threads of its tasks end as well.';

/** Announces to a channel what is no longer posted there, and what is left. */
export function unsubscribed({ removed, left, hoursToo, threadsToo }: Removed): Message {
  const threads = threadsToo ? THREADS_END : THREADS;
  const shown = removed.slice(0, SHOWN);
  const rest = removed.length - shown.length;
  const [only] = removed.length === 1 ? removed : [];
  const what = only ? subscriptionLine(only) : counted(removed.length, 'subscription');
  const after =
    left > 0
      ? `${counted(left, 'subscription is', 'subscriptions are')} left: \`/upgrades subscriptions\``
      : `Nothing is told here any more${hoursToo ? '; quiet hours and the digest ended as well' : ''}.`;
  return {
    text: fitLines(
      `No longer told here: ${plain(removed.map((one) => subscriptionName(one, 200)).join('; '))}.`,
      3_500,
    ),
    blocks: [
      ...sections([
        `:no_bell: *No longer told here* · ${what}`,
        ...(only ? [] : shown.map((one) => subscriptionLine(one))),
        ...(rest > 0 ? [`and ${counted(rest, 'more', 'more')}`] : []),
        after,
      ]),
      context(threads),
    ],
  };
}

/** Announces to a channel which kinds of change are no longer posted there. */
export function fewerKinds(taken: readonly ChangeKind[], after: Wished): Message {
  const head = `No longer told here: ${kindWords(taken)}`;
  return {
    text: fitLines(`${head}. Left is ${plain(subscriptionName(after, 1_000))}.`, 3_500),
    blocks: [section(`:no_bell: *${head}*\nLeft is ${subscriptionLine(after)}`), context(THREADS)],
  };
}

/** Nothing was removed: the subscription does not post the named kinds. */
export function notPosted(named: readonly ChangeKind[], of: Wished): Message {
  const text = `Nothing was changed: \`on:${printKinds(named)}\` is not told here.`;
  return { text, blocks: [section(`${text}\nThe subscription is ${subscriptionLine(of)}`)] };
}

/** The channel has no subscriptions. */
export const NOTHING_HERE: Message = hint(
  'Nothing is told here. `/upgrades subscribe` tells of every task that fails, begins to fail or stalls.',
);

/** `unsubscribe` with only hours, thresholds or mentions. */
export const SUBSCRIBE_INSTEAD: Message = hint(
  'Nothing was changed. Hours and mentions end with `/upgrades subscribe quiet:off`, `digest:off` or `mention:off`; `unsubscribe` takes a filter, kinds of change, or `all`.',
);

function hint(text: string): Message {
  return { text, blocks: [section(text)] };
}
