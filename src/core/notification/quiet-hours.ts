import type { Instant } from '../../lib/instant.ts';
import { addDays, localDay, momentAt } from '../../lib/wall-clock.ts';
import type { QuietHours } from '../subscription/subscription.ts';

/** Whether a channel wants to be left alone at that moment. `zone` is the IANA name its hours are meant in. */
export function isQuiet(quiet: QuietHours | null, zone: string, now: Instant): boolean {
  return quietEndsAt(quiet, zone, now) !== null;
}

/**
 * When the quiet of this moment is over; null when it is not quiet. Every day has one stretch, from the moment its clock
 * shows `from` to the moment it shows `until`: an hour that clocks show twice neither ends quiet twice nor begins it twice.
 */
export function quietEndsAt(quiet: QuietHours | null, zone: string, now: Instant): Instant | null {
  if (quiet === null || quiet.from === quiet.until) return null;
  const today = localDay(now, zone);
  const overnight = quiet.until < quiet.from ? 1 : 0;
  for (const day of [addDays(today, -1), today]) {
    const begins = momentAt(day, quiet.from, zone);
    const ends = momentAt(addDays(day, overnight), quiet.until, zone);
    // A clock put forward can leave nothing between two stretches: then the next one goes on where this one ends.
    if (begins <= now && now < ends) return quietEndsAt(quiet, zone, ends) ?? ends;
  }
  return null;
}
