import { judge, type Row } from './row.ts';
import { openStage, QUESTION, type Stage } from './stage.ts';
import type { RunningProcess } from './start-process.ts';
import { compare } from './statistics.ts';

const ASKERS = 50;
const WARM_UP = 2;
const ROUNDS = 6;
const PROMISE = 300;

/** Time to acknowledge a command when 50 people ask at once and the platform hangs. */
export async function benchAcknowledging(): Promise<readonly Row[]> {
  await using stage = await openStage();
  const bot = await stage.startBot();
  const floor = await stage.startFloor('acknowledge');
  stage.platform.faults.add({ kind: 'hang' }, { times: 'until-cleared' });
  const measured = { bot: [] as number[], floor: [] as number[] };
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const times = {
      floor: await askAtOnce(stage, floor, { answers: false }),
      // The bot answers from its mirror after a while; the next round begins only then, so that none hinders another.
      bot: await askAtOnce(stage, bot, { answers: true }),
    };
    if (round < 0) continue;
    measured.bot.push(...times.bot);
    measured.floor.push(...times.floor);
  }
  await Promise.all([bot.stop(), floor.stop()]);
  const { figure, bare, ratio, words, floorWords } = compare(measured, 0.99);
  return [
    {
      what: `acknowledge a command, ${ASKERS} people at once, platform hangs`,
      ...{ figure: words, floor: `bare Bolt: ${floorWords}`, ratio },
      promise: `p99 ≤ ${PROMISE} ms`,
      verdict: judge(figure, PROMISE, bare),
    },
  ];
}

/** Milliseconds until each of 50 people who ask at once is acknowledged. */
export async function askAtOnce(
  { slack }: Pick<Stage, 'slack'>,
  { eventsUrl }: RunningProcess,
  { answers }: { readonly answers: boolean },
): Promise<readonly number[]> {
  const asked = Array.from({ length: ASKERS }, () => slack.ask(eventsUrl, QUESTION));
  const times = await Promise.all(asked.map(({ acknowledged }) => acknowledged));
  if (answers) await Promise.all(asked.map(({ answered }) => answered));
  return times;
}
