const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Parses `90s`, `30m`, `6h` or `2d` into milliseconds; null for anything else, including zero. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,6})(s|m|h|d)$/.exec(text.trim());
  const unit = match?.[2];
  if (unit !== 's' && unit !== 'm' && unit !== 'h' && unit !== 'd') return null;
  const milliseconds = Number(match?.[1]) * UNITS[unit];
  return milliseconds > 0 ? milliseconds : null;
}

/** Formats a duration in its two largest units, such as `5 h 28 min`; under a second it is `0 s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const parts = [
    { amount: Math.floor(seconds / 86_400), unit: 'd' },
    { amount: Math.floor(seconds / 3_600) % 24, unit: 'h' },
    { amount: Math.floor(seconds / 60) % 60, unit: 'min' },
    { amount: seconds % 60, unit: 's' },
  ];
  const first = parts.findIndex(({ amount }) => amount > 0);
  if (first === -1) return '0 s';
  const shown = parts.slice(first, first + 2).filter(({ amount }) => amount > 0);
  return shown.map(({ amount, unit }) => `${amount} ${unit}`).join(' ');
}

/** The shortest form that `parseDuration` reads back unchanged: `90s`, `30m`, `6h`, `2d`. Drops fractions of a second. */
export function printDuration(milliseconds: number): string {
  const units = Object.entries(UNITS).toReversed();
  const [unit, size] = units.find(([, length]) => milliseconds % length === 0) ?? ['s', UNITS.s];
  return `${Math.floor(milliseconds / size)}${unit}`;
}
