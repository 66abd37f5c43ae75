import type { Stage } from './stage.ts';
import type { Compared } from './statistics.ts';

const ROUNDS = 5;

/** From spawning the process to its being ready: for the bot with an empty store and its first cycle done. */
export async function measureStart(stage: Stage): Promise<Compared> {
  const measured = { bot: [] as number[], floor: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const bot = await stage.startBot();
    await bot.stop();
    const floor = await stage.startFloor('acknowledge');
    await floor.stop();
    measured.bot.push(bot.startTime);
    measured.floor.push(floor.startTime);
  }
  return { what: 'start on an empty store', ...measured };
}
