import type { Instant } from '../../lib/instant.ts';

const HOUR = 3_600_000;

/** How long a task can be muted; `lasts` null until it ends. */
export const MUTE_CHOICES = [
  { value: '1h', label: '1 hour', lasts: HOUR },
  { value: '8h', label: '8 hours', lasts: 8 * HOUR },
  { value: 'end', label: 'Until it ends', lasts: null },
] as const;

/** Until when a choice mutes; null for a value that is none of them, since it comes from outside. */
export function muteChosen(
  value: string | undefined,
  now: Instant,
): { readonly until: Instant | null } | null {
  const choice = MUTE_CHOICES.find((one) => one.value === value);
  if (choice === undefined) return null;
  return { until: choice.lasts === null ? null : now + choice.lasts };
}
