import { judge, type Row } from './row.ts';
import { openStage, QUESTION } from './stage.ts';
import { compare, median, ms } from './statistics.ts';

const WARM_UP = 60;
const ROUNDS = 300;
const WHOLE = 1_500;
const OWN = 30;

/** A full answer, and what of it is added to the platform's answer time; one question after another. */
export async function benchAnswers(): Promise<readonly Row[]> {
  await using stage = await openStage();
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
  const asked = median(platform);
  const less = (times: readonly number[]) => times.map((milliseconds) => milliseconds - asked);
  const full = compare(whole, 0.95);
  const own = compare({ bot: less(whole.bot), floor: less(whole.floor) }, 0.95);
  return [
    {
      what: 'full answer',
      ...{ figure: full.words, floor: `bare Bolt: ${full.floorWords}`, ratio: full.ratio },
      ...{ promise: `p95 ≤ ${WHOLE} ms`, verdict: judge(full.figure, WHOLE, full.bare) },
    },
    {
      what: `the bot's own share of it (platform's median of ${ms(asked)} taken off)`,
      ...{ figure: own.words, floor: `bare Bolt: ${own.floorWords}`, ratio: own.ratio },
      ...{ promise: `≤ ${OWN} ms`, verdict: judge(own.figure, OWN, own.bare) },
    },
  ];
}
