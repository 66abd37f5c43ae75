/** The value below which this share of all values lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Milliseconds for people. */
export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US')} ms`;
}

/** The same thing measured of the bot and of the bare Bolt app, in milliseconds. */
export interface Compared {
  readonly bot: readonly number[];
  readonly floor: readonly number[];
}

/** Median and another percentile of both, and the ratio of that percentile. */
export function compare({ bot, floor }: Compared, share: number) {
  const [figure, bare] = [percentile(bot, share), percentile(floor, share)];
  const words = (values: readonly number[], at: number) =>
    `median ${ms(median(values))}, p${share * 100} ${ms(at)}`;
  return { figure, bare, ratio: figure / bare, words: words(bot, figure), floorWords: words(floor, bare) };
}
