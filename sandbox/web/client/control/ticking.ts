/** Where a clock stands now that stood at `at` when it was read `elapsed` milliseconds ago. */
export function ticking(at: number, speed: number, elapsed: number): number {
  return at + Math.max(0, elapsed) * speed;
}

/** A moment of the simulated clock: `2026-11-22 21:30:05`. */
export function clockWords(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** A speed in words: `stands still`, `real time`, `an hour a second`. */
export function speedWords(speed: number): string {
  if (speed === 0) return 'stands still';
  if (speed === 1) return 'real time';
  if (speed % 3600 === 0) return speed === 3600 ? '1 hour a second' : `${speed / 3600} hours a second`;
  if (speed % 60 === 0) return speed === 60 ? '1 minute a second' : `${speed / 60} minutes a second`;
  return `${speed} seconds a second`;
}
