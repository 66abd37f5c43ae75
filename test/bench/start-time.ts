import type { Row } from './row.ts';
import { judge } from './row.ts';
import { openStage, type Stage } from './stage.ts';
import { median, ms } from './statistics.ts';

const ROUNDS = 5;

/** From spawning the process to its being ready: for the bot with an empty store and its first cycle done. */
export async function benchStart(): Promise<readonly Row[]> {
  await using stage = await openStage();
  // The first start ever also compiles; every later one finds that done.
  await (await stage.startBot()).stop();
  const measured = { bot: [] as number[], floor: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    measured.floor.push(await timeOf(() => stage.startFloor('acknowledge')));
    measured.bot.push(await timeOf(() => stage.startBot()));
  }
  return [startRow('start until ready, empty store', measured, 1_000)];
}

export function startRow(
  what: string,
  { bot, floor }: { readonly bot: readonly number[]; readonly floor: readonly number[] },
  promise: number,
): Row {
  const [figure, bare] = [median(bot), median(floor)];
  return {
    what,
    figure: `median ${ms(figure)} (${ms(Math.min(...bot))} to ${ms(Math.max(...bot))})`,
    floor: `bare Bolt: median ${ms(bare)}`,
    ratio: figure / bare,
    promise: `≤ ${promise / 1_000} s`,
    verdict: judge(figure, promise, bare),
  };
}

export async function timeOf(start: () => ReturnType<Stage['startFloor']>): Promise<number> {
  const running = await start();
  await running.stop();
  return running.startTime;
}
