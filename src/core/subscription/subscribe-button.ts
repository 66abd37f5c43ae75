import type { Wished } from './apply-wish.ts';
import { parseSubscriptionWish } from './parse-wish.ts';
import { printSubscription, printTime } from './print-subscription.ts';
import type { ChannelHours } from './subscription.ts';

/** Slack's limit for the value of a button. */
const LONGEST = 2_000;

/** A subscription that waits for somebody's yes. It replaces what there is as a whole. */
export interface WaitingSubscription {
  /** The subscription it takes the place of; null: the one with its filter, if there is one. */
  readonly id: string | null;
  readonly wished: Wished;
  /** Null: the channel's hours stay as they are. */
  readonly hours: ChannelHours | null;
}

/** As a button carries it, so that it can be said yes to after a restart; null where it is too long for one. */
export function printWaiting({ id, wished, hours }: WaitingSubscription): string | null {
  const value = [id ?? '-', printSubscription(wished), hours === null ? '' : wholeHours(hours)]
    .filter(Boolean)
    .join(' ');
  return [...value].length <= LONGEST ? value : null;
}

/** What a button carried, read like a typed line, since it comes from outside; null for what is no subscription. */
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

/** Hours with everything said, what the channel shall not have as well. */
function wholeHours({ quiet, digestAt, zone }: ChannelHours): string {
  return [
    quiet === null ? 'quiet:off' : `quiet:${printTime(quiet.from)}-${printTime(quiet.until)}`,
    `digest:${digestAt === null ? 'off' : printTime(digestAt)}`,
    `zone:${zone}`,
  ].join(' ');
}
