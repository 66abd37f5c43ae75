import { QUESTION, type Stage } from './stage.ts';
import type { RunningProcess } from './start-process.ts';
import type { Compared } from './statistics.ts';

const ASKERS = 50;
const WARM_UP = 2;
const ROUNDS = 6;

/** Time to acknowledge a command when 50 people ask at once and the platform hangs. */
export async function measureAcknowledging(stage: Stage): Promise<Compared> {
  const bot = await stage.startBot();
  const floor = await stage.startFloor('acknowledge');
  const hanging = stage.platform.faults.add({ kind: 'hang' }, { times: 'until-cleared' });
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
  hanging.clear();
  await Promise.all([bot.stop(), floor.stop()]);
  return { what: `acknowledging, ${ASKERS} askers at once, platform hangs`, ...measured };
}

async function askAtOnce(
  { slack }: Stage,
  { eventsUrl }: RunningProcess,
  { answers }: { readonly answers: boolean },
): Promise<readonly number[]> {
  const asked = Array.from({ length: ASKERS }, () => slack.ask(eventsUrl, QUESTION));
  const times = await Promise.all(asked.map(({ acknowledged }) => acknowledged));
  if (answers) await Promise.all(asked.map(({ answered }) => answered));
  return times;
}
