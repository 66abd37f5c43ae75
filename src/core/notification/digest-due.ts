import type { Instant } from '../../lib/instant.ts';
import { addDays, localDay, momentAt } from '../../lib/wall-clock.ts';
import type { ChannelHours } from '../subscription/subscription.ts';

/** A digest this late (milliseconds) is skipped: the next one is closer. */
const TOO_LATE = 6 * 3_600_000;

export interface DigestDecision {
  readonly due: boolean;
  /** Local date of the digest in question, `2026-11-22`. Once posted, it is stored as the last day. */
  readonly day: string;
  readonly reason: 'due' | 'off' | 'not-yet' | 'already-told' | 'too-late';
}

/**
 * Whether a channel's digest is due now. `digestAt`: minutes since midnight in `zone` (IANA name), null for no
 * digest. `lastDay`: day of the last digest posted, or null. A digest due shortly before midnight is still posted
 * after it, for its own day. With `lastDay` null, an hour that has just passed is due too; to make a channel wait
 * for its first digest, store today as posted.
 */
export function digestDue(
  digestAt: number | null,
  zone: string,
  now: Instant,
  lastDay: string | null,
): DigestDecision {
  const today = localDay(now, zone);
  const told = dayTold(lastDay, today);
  if (digestAt === null) return { due: false, day: today, reason: 'off' };
  const reason = reasonOn(today, digestAt, zone, now, told);
  if (reason !== 'not-yet') return { due: reason === 'due', day: today, reason };
  const yesterday = addDays(today, -1);
  if (reasonOn(yesterday, digestAt, zone, now, told) === 'due') {
    return { due: true, day: yesterday, reason: 'due' };
  }
  return { due: false, day: today, reason };
}

/**
 * Tomorrow as the last day is possible after a zone change. Any later day came from a clock that has since been
 * set back.
 */
function dayTold(lastDay: string | null, today: string): string | null {
  return lastDay !== null && lastDay > addDays(today, 1) ? addDays(today, -1) : lastDay;
}

function reasonOn(
  day: string,
  digestAt: number,
  zone: string,
  now: Instant,
  lastDay: string | null,
): DigestDecision['reason'] {
  // ISO dates sort chronologically. A later day means the zone has changed since.
  if (lastDay !== null && lastDay >= day) return 'already-told';
  const late = now - momentAt(day, digestAt, zone);
  if (late < 0) return 'not-yet';
  return late > TOO_LATE ? 'too-late' : 'due';
}

type Digesting = Pick<ChannelHours, 'digestAt' | 'zone'>;

/**
 * The local day (`2026-11-22`) whose digest counts as posted from now on; null for a channel without a digest. A
 * new or moved digest first goes out the next time its hour comes, never for an hour already past.
 */
export function digestDayFor(
  hours: Digesting,
  before: { readonly hours: Digesting; readonly day: string | null } | null,
  now: Instant,
): string | null {
  const { digestAt, zone } = hours;
  if (digestAt === null) return null;
  if (before?.day != null && before.hours.digestAt === digestAt && before.hours.zone === zone)
    return before.day;
  const today = localDay(now, zone);
  return momentAt(today, digestAt, zone) <= now ? today : addDays(today, -1);
}

/** When a channel's next digest is due; null for a channel without one. */
export function nextDigestAt({ digestAt, zone }: Digesting, now: Instant): Instant | null {
  if (digestAt === null) return null;
  const today = localDay(now, zone);
  const moment = momentAt(today, digestAt, zone);
  return moment > now ? moment : momentAt(addDays(today, 1), digestAt, zone);
}
