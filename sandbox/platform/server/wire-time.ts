import type { Instant } from '../../../src/lib/instant.ts';

/** How moments are written into answers: as documented, in local time without a zone, or unreadable. */
export type TimesAs = 'utc' | 'local' | 'garbage';

const EIGHT_HOURS = 8 * 3_600_000;

/** A moment as the platform writes it: compact UTC such as `20240311T060502Z`, or one of the two bad ways. */
export function wireTime(instant: Instant | null, as: TimesAs = 'utc'): string | null {
  if (instant === null) return null;
  if (as === 'garbage') return `??${instant % 1000}-not a time`;
  if (as === 'local') return iso(instant + EIGHT_HOURS).replace('T', ' ');
  return `${iso(instant).replace(/[-:]/g, '')}Z`;
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 19);
}
