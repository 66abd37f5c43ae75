/** The value below which this share of all values lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

/** The same thing measured of the bot and of the bare Bolt app, in milliseconds. */
export interface Compared {
  readonly what: string;
  readonly bot: readonly number[];
  readonly floor: readonly number[];
}

/** One line: the bot's figures beside the floor's, and the ratio of the two. */
export function printCompared({ what, bot, floor }: Compared, shares: readonly number[]): string {
  const figures = shares.map((share) => {
    const [ours, bare] = [percentile(bot, share), percentile(floor, share)];
    const name = share === 0.5 ? 'median' : `p${share * 100}`;
    return `${name} ${ours.toFixed(1)} ms (bare Bolt ${bare.toFixed(1)} ms, ratio ${(ours / bare).toFixed(2)})`;
  });
  return `${what}: ${figures.join(', ')}; ${bot.length} samples each`;
}
