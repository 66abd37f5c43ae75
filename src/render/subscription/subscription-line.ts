import type { ChangeKind } from '../../core/change/changes.ts';
import { printSubscription, printTime } from '../../core/subscription/print-subscription.ts';
import type { ChannelHours, Mention, Subscription } from '../../core/subscription/subscription.ts';
import { code, cut } from '../blocks/text.ts';
import { changeLook } from '../blocks/words.ts';

type Wished = Pick<Subscription, 'terms' | 'kinds' | 'mentions' | 'thresholds' | 'external'>;

/** Maximum characters of a subscription's normal form in a list. */
const BRIEF = 300;

/**
 * A subscription in normal form as code, with its mentions in words: as markup they would be unreadable inside
 * code, and outside it they would notify people.
 */
export function subscriptionLine(wished: Wished, longest = BRIEF): string {
  return [
    code(subscriptionName(wished, longest)),
    ...(wished.terms.length === 0 ? ['all tasks'] : []),
    ...(wished.mentions.length === 0 ? [] : [`calls ${calledNames(wished.mentions)}`]),
  ].join(' · ');
}

/** The normal form without mentions, for labels and plain text. */
export function subscriptionName(wished: Wished, longest: number): string {
  return cut(printSubscription({ ...wished, mentions: [] }), longest);
}

/** Mentions shown; the rest are only counted. */
const SHOWN_MENTIONS = 5;

function calledNames(mentions: readonly Mention[]): string {
  const names = mentions.slice(0, SHOWN_MENTIONS).map((mention) => {
    if (mention.kind === 'here') return 'everybody who is about';
    return `${mention.kind} ${code(mention.id)}`;
  });
  const rest = mentions.length - names.length;
  return [...names, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

/** The hours of a channel in words, such as `quiet 22:00–07:00, digest at 09:00 (Europe/Berlin)`. Already escaped. */
export function hoursLine({ quiet, digestAt, zone }: ChannelHours): string {
  const parts = [
    quiet === null ? '' : `quiet ${printTime(quiet.from)}–${printTime(quiet.until)}`,
    digestAt === null ? '' : `digest at ${printTime(digestAt)}`,
  ].filter(Boolean);
  return `${parts.length === 0 ? 'no quiet hours, no digest' : parts.join(', ')} (${code(zone)})`;
}

/** Kinds in words, such as `failed, stalled`. */
export function kindWords(kinds: readonly ChangeKind[]): string {
  return kinds.map((kind) => changeLook(kind).brief).join(', ');
}
