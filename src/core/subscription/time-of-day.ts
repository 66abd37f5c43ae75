/**
 * Minutes since midnight of a time of day as people write it: `9`, `09:00`, `9.30`, `0930`, `9h30`, `9am`, `9:30 p.m.`,
 * `noon`, `midnight`, `24:00`. Null for what no clock shows.
 */
export function readTimeOfDay(text: string): number | null {
  const time = text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');
  const named = NAMED.get(time);
  if (named !== undefined) return named;
  const [, typedHours, typedMinutes, half] =
    /^(\d{1,2})(?:(?:[:.h]|(?<=\d\d))(\d{2})|h)?(?:([ap])\.?m\.?)?$/.exec(time) ?? [];
  if (typedHours === undefined) return null;
  const [hours, minutes] = [Number(typedHours), Number(typedMinutes ?? 0)];
  if (minutes > 59) return null;
  if (half === undefined) return hours < 24 ? hours * 60 + minutes : null;
  return hours >= 1 && hours <= 12 ? ((hours % 12) + (half === 'p' ? 12 : 0)) * 60 + minutes : null;
}

/** Midnight is where a day begins, whatever the clock shows. */
const NAMED: ReadonlyMap<string, number> = new Map([
  ['noon', 720],
  ['midday', 720],
  ['midnight', 0],
  ['24', 0],
  ['24h', 0],
  ['24:00', 0],
  ['24.00', 0],
  ['2400', 0],
]);
