import type { Story } from './story.ts';

const MINUTE = 60_000;

/** The time of day in UTC that the story's clock shows after so many minutes, such as `07:30`. */
export function clockIn(s: Story, minutes: number): string {
  return new Date(s.clock.now() + minutes * MINUTE).toISOString().slice(11, 16);
}

/** Quiet hours around now, in the words of a subscription. */
export function quietAroundNow(s: Story, { before = 60, after = 120 } = {}): string {
  return `quiet:${clockIn(s, -before)}-${clockIn(s, after)} zone:UTC`;
}
