import { QUESTION, type Stage } from './stage.ts';
import { type Compared, percentile } from './statistics.ts';

const WARM_UP = 60;
const ROUNDS = 300;

/** What is added to the platform's answer time until the person has an answer; one question after another. */
export async function measureOwnShare(stage: Stage): Promise<Compared> {
  const bot = await stage.startBot();
  const floor = await stage.startFloor('answer');
  const whole = { bot: [] as number[], floor: [] as number[] };
  const platform: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const times = {
      platform: await stage.askPlatform(),
      floor: await stage.slack.ask(floor.eventsUrl, QUESTION).answered,
      bot: await stage.slack.ask(bot.eventsUrl, QUESTION).answered,
    };
    if (round < 0) continue;
    platform.push(times.platform);
    whole.floor.push(times.floor);
    whole.bot.push(times.bot);
  }
  await Promise.all([bot.stop(), floor.stop()]);
  const asked = percentile(platform, 0.5);
  const own = (times: readonly number[]) => times.map((milliseconds) => milliseconds - asked);
  return {
    what: `own share of an answer, the platform's median of ${asked.toFixed(1)} ms taken off`,
    bot: own(whole.bot),
    floor: own(whole.floor),
  };
}
