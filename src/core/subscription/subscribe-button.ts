import type { Wished } from './apply-wish.ts';
import { parseSubscriptionWish } from './parse-wish.ts';
import { printSubscription, printTime } from './print-subscription.ts';
import type { ChannelHours } from './subscription.ts';

/** Slack's limit for a button's value, in code points. */
const LONGEST = 2_000;

/** A subscription waiting for confirmation. It replaces the existing one entirely. */
export interface WaitingSubscription {
  /** The subscription it replaces; null: the one with the same filter, if any. */
  readonly id: string | null;
  readonly wished: Wished;
  /** Null: the channel's hours stay as they are. */
  readonly hours: ChannelHours | null;
}

/** The value of a confirmation button, which still works after a restart; null if it is too long for a button. */
export function printWaiting({ id, wished, hours }: WaitingSubscription): string | null {
  const value = [id ?? '-', printSubscription(wished), hours === null ? '' : wholeHours(hours)]
    .filter(Boolean)
    .join(' ');
  return [...value].length <= LONGEST ? value : null;
}

/** Reads a button's value like a typed line, since it comes from outside; null if it holds no subscription. */
export function readWaiting(value: string): WaitingSubscription | null {
  const [, id, line] = /^(-|[A-Za-z0-9-]{1,64}) (.+)$/s.exec(value) ?? [];
  if (id === undefined || line === undefined) return null;
  const reading = parseSubscriptionWish(line);
  if (!reading.ok) return null;
  const { terms, kinds, mentions = [], thresholds = {}, external, quiet, digestAt, zone } = reading.wish;
  if (kinds === undefined) return null;
  const hours =
    quiet === undefined || digestAt === undefined || zone === undefined
      ? null
      : { quiet: quiet === 'off' ? null : quiet, digestAt: digestAt === 'off' ? null : digestAt, zone };
  const wished = { terms, kinds, mentions, thresholds, ...(external && { external }) };
  return { id: id === '-' ? null : id, wished, hours };
}

/** All hours spelt out, including those turned off. */
function wholeHours({ quiet, digestAt, zone }: ChannelHours): string {
  return [
    quiet === null ? 'quiet:off' : `quiet:${printTime(quiet.from)}-${printTime(quiet.until)}`,
    `digest:${digestAt === null ? 'off' : printTime(digestAt)}`,
    `zone:${zone}`,
  ].join(' ');
}
