import type { Instant } from '../../lib/instant.ts';
import { addDays, localDay, momentAt } from '../../lib/wall-clock.ts';
import type { ChannelHours } from '../subscription/subscription.ts';

/** A digest that could not be told this long after its time (milliseconds) is left out: the next one is nearer. */
const TOO_LATE = 6 * 3_600_000;

export interface DigestDecision {
  readonly due: boolean;
  /** The local date of the digest that was weighed, `2026-11-22`; when it is told, to be remembered as the last day. */
  readonly day: string;
  readonly reason: 'due' | 'off' | 'not-yet' | 'already-told' | 'too-late';
}

/**
 * Whether a channel's digest is to be told now. `digestAt` is in minutes since midnight in `zone` (IANA name), null when
 * the channel wants none; `lastDay` is the day of the last digest told, null when there was none. One that came due
 * shortly before midnight is still told after it, as the digest of its day. With `lastDay` null an hour that has just
 * passed is due as well: a channel that is to wait for its first digest has the present day remembered as told.
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

/** A zone that was changed since may have told a day ahead. One further ahead was told by a clock that was set back since. */
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
  // Dates written this way sort as they follow each other. A later day was told when the zone was changed since.
  if (lastDay !== null && lastDay >= day) return 'already-told';
  const late = now - momentAt(day, digestAt, zone);
  if (late < 0) return 'not-yet';
  return late > TOO_LATE ? 'too-late' : 'due';
}

type Digesting = Pick<ChannelHours, 'digestAt' | 'zone'>;

/**
 * The local day (`2026-11-22`) whose digest counts as told from now on; null for a channel without a digest. One that is
 * new, or moved to another time, is told first when its time comes next, never for a time that has passed.
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

/** When a channel's digest is told next; null for a channel without one. */
export function nextDigestAt({ digestAt, zone }: Digesting, now: Instant): Instant | null {
  if (digestAt === null) return null;
  const today = localDay(now, zone);
  const moment = momentAt(today, digestAt, zone);
  return moment > now ? moment : momentAt(addDays(today, 1), digestAt, zone);
}
