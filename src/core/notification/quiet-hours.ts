import type { Instant } from '../../lib/instant.ts';
import { addDays, localDay, momentAt } from '../../lib/wall-clock.ts';
import type { QuietHours } from '../subscription/subscription.ts';

/** Whether a channel is in its quiet hours at `now`. `zone` is the IANA name of the zone they are in. */
export function isQuiet(quiet: QuietHours | null, zone: string, now: Instant): boolean {
  return quietEndsAt(quiet, zone, now) !== null;
}

/**
 * When the current quiet hours end; null outside them. Each day has one stretch, from when its clock shows `from`
 * to when it shows `until`. An hour that the clock shows twice neither starts nor ends it twice.
 */
export function quietEndsAt(quiet: QuietHours | null, zone: string, now: Instant): Instant | null {
  if (quiet === null || quiet.from === quiet.until) return null;
  const today = localDay(now, zone);
  const overnight = quiet.until < quiet.from ? 1 : 0;
  for (const day of [addDays(today, -1), today]) {
    const begins = momentAt(day, quiet.from, zone);
    const ends = momentAt(addDays(day, overnight), quiet.until, zone);
    // A clock put forward can close the gap between two stretches: the next one then continues this one.
    if (begins <= now && now < ends) return quietEndsAt(quiet, zone, ends) ?? ends;
  }
  return null;
}
