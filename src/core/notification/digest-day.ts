import type { Instant } from '../../lib/instant.ts';
import { addDays, localDay, momentAt } from '../../lib/wall-clock.ts';
import type { ChannelHours } from '../subscription/subscription.ts';

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
