import { printDuration } from '../../lib/duration.ts';
import { CHANGE_KINDS, type ChangeKind } from '../change/changes.ts';
import { printTerms } from '../filter/print-filter.ts';
import type { ChannelHours, Mention, OwnThresholds, Subscription } from './subscription.ts';

/** In order of importance to readers: what went wrong first, mere information last. */
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
 * A subscription's normal form, as typed after `subscribe`; `parseSubscriptionWish` reads it back unchanged. Kinds
 * are always named, so that a change of the default does not change stored subscriptions.
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

/** The value of `on:`, such as `failed,stalled`; `all` for every kind. */
export function printKinds(kinds: readonly ChangeKind[]): string {
  if (CHANGE_KINDS.every((kind) => kinds.includes(kind))) return 'all';
  return PRINTED_ORDER.filter((kind) => kinds.includes(kind)).join(',');
}

/** Slack's markup, which notifies the people it names if it is sent unescaped. */
export function printMention(mention: Mention): string {
  if (mention.kind === 'here') return '<!here>';
  return mention.kind === 'group' ? `<!subteam^${mention.id}>` : `<@${mention.id}>`;
}

/** A number of devices without a percentage has no syntax; it is left out. */
function printThresholds({ failingPercent, failingMinDevices, stalledAfter }: OwnThresholds): string {
  const devices = failingMinDevices === undefined ? '' : `,${failingMinDevices}`;
  const failing = failingPercent === undefined ? '' : `failing:${failingPercent}%${devices}`;
  const stalled = stalledAfter === undefined ? '' : `stalled:${printDuration(stalledAfter)}`;
  return [failing, stalled].filter(Boolean).join(' ');
}

/**
 * A channel's hours as typed after `subscribe`: `quiet:22:00-07:00 digest:09:00 zone:Europe/Berlin`. Unset ones
 * are left out; empty for a channel without settings.
 */
export function printHours({ quiet, digestAt, zone }: ChannelHours): string {
  const parts = [
    quiet === null ? '' : `quiet:${printTime(quiet.from)}-${printTime(quiet.until)}`,
    digestAt === null ? '' : `digest:${printTime(digestAt)}`,
  ].filter(Boolean);
  return parts.length === 0 && zone === 'UTC' ? '' : [...parts, `zone:${zone}`].join(' ');
}

/** Minutes since midnight as a 24-hour time, `07:05`. */
export function printTime(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
