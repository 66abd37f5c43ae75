import { printDuration } from '../../lib/duration.ts';
import { CHANGE_KINDS, type ChangeKind } from '../change/changes.ts';
import { printTerms } from '../filter/print-filter.ts';
import type { ChannelHours, Mention, OwnThresholds, Subscription } from './subscription.ts';

/** As people look for them: what went wrong first, what is only good to know last. */
const PRINTED_ORDER: readonly ChangeKind[] = [
  'failed',
  'failing',
  'stalled',
  'overdue',
  'vanished',
  'stopped',
  'succeeded',
  'recovered',
  'created',
  'started',
  'progress',
];

/**
 * The normal form of a subscription, as it stands after `subscribe`; `parseSubscriptionWish` reads the same out of it.
 * The kinds are always named, so that a change of what is usual changes no subscription.
 */
export function printSubscription(
  subscription: Pick<Subscription, 'terms' | 'kinds' | 'mentions' | 'thresholds' | 'external'>,
): string {
  const { terms, kinds, mentions, thresholds, external } = subscription;
  return [
    printTerms(terms),
    `on:${printKinds(kinds)}`,
    mentions.length === 0 ? '' : `mention:${mentions.map(printMention).join(',')}`,
    printThresholds(thresholds),
    external ? 'external:yes' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** What stands after `on:`, such as `failed,stalled`; `all` for all there are. */
export function printKinds(kinds: readonly ChangeKind[]): string {
  if (CHANGE_KINDS.every((kind) => kinds.includes(kind))) return 'all';
  return PRINTED_ORDER.filter((kind) => kinds.includes(kind)).join(',');
}

/** Slack's markup, which calls whoever it names when it is sent unescaped. */
export function printMention(mention: Mention): string {
  if (mention.kind === 'here') return '<!here>';
  return mention.kind === 'group' ? `<!subteam^${mention.id}>` : `<@${mention.id}>`;
}

/** A number of devices without a percentage has no way to be written; it is left out. */
function printThresholds({ failingPercent, failingMinDevices, stalledAfter }: OwnThresholds): string {
  const devices = failingMinDevices === undefined ? '' : `,${failingMinDevices}`;
  const failing = failingPercent === undefined ? '' : `failing:${failingPercent}%${devices}`;
  const stalled = stalledAfter === undefined ? '' : `stalled:${printDuration(stalledAfter)}`;
  return [failing, stalled].filter(Boolean).join(' ');
}

/**
 * The hours of a channel as they stand after `subscribe`: `quiet:22:00-07:00 digest:09:00 zone:Europe/Berlin`. What the
 * channel does not have is left out; empty for a channel that said nothing.
 */
export function printHours({ quiet, digestAt, zone }: ChannelHours): string {
  const parts = [
    quiet === null ? '' : `quiet:${printTime(quiet.from)}-${printTime(quiet.until)}`,
    digestAt === null ? '' : `digest:${printTime(digestAt)}`,
  ].filter(Boolean);
  return parts.length === 0 && zone === 'UTC' ? '' : [...parts, `zone:${zone}`].join(' ');
}

/** A time of day by the 24-hour clock, `07:05`, from minutes since midnight. */
export function printTime(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
