import type { SimulatedPlatform } from '../../sandbox/platform/index.ts';
import { cycleOf, type LoggedCycle } from './logged-cycle.ts';
import { judge, type Row } from './row.ts';
import { openStage, QUESTION } from './stage.ts';

const ACTIVE = 1_000;
const MINUTE = 60_000;
const SECONDS = 100;
/** The documented budget of the platform. */
const LIMIT = 100;

/** Looks every five seconds and two questions a second want several times the budget; counted where they arrive. */
export async function benchCalls(): Promise<readonly Row[]> {
  await using stage = await openStage({ behaviour: { callsPerMinute: LIMIT }, seed: seedActive });
  const { platform, slack } = stage;
  const cycles: LoggedCycle[] = [];
  const bot = await stage.startBot({
    env: { IOT_CALLS_PER_MINUTE: String(LIMIT), POLL_SCHEDULE: '*/5 * * * * *', SWEEP_SCHEDULE: '* * * * *' },
    onLine: (line) => cycles.push(...cycleOf(line)),
  });
  const begun = performance.now();
  for (let number = 0; performance.now() - begun < SECONDS * 1_000; number += 1) {
    for (let moved = 0; moved < 10; moved += 1) moveOne(platform, (number * 10 + moved) % ACTIVE);
    const next = new Promise((resolve) => setTimeout(resolve, 500));
    await slack.ask(bot.eventsUrl, QUESTION).answered;
    await next;
  }
  await bot.stop();
  const times = platform.calls.map(({ at }) => at);
  const most = Math.max(
    ...times.map((from) => times.filter((at) => at >= from && at < from + MINUTE).length),
  );
  const refused = platform.calls.filter(({ errorCode }) => errorCode === '1010009').length;
  const beyond = Math.max(
    ...cycles.map(({ calls, active, changed }) => calls - Math.floor((active + changed) / 100) - 8),
  );
  const costliest = Math.max(...cycles.map(({ calls }) => calls));
  return [
    {
      what: `platform calls in any 60 s, all kinds, over ${SECONDS} s of more questions than fit`,
      figure: `${most} at most, ${refused} refused by the platform`,
      ...{ floor: `the limit: ${LIMIT}`, ratio: most / LIMIT, promise: `≤ ${LIMIT}` },
      verdict: most > LIMIT || refused > 0 ? 'broken' : 'kept',
    },
    {
      what: `platform calls of a cycle, ${ACTIVE.toLocaleString('en-US')} active tasks (${cycles.length} cycles)`,
      figure: `${costliest} at most`,
      floor: `pages of 100: ${ACTIVE / 100}`,
      ...{ ratio: costliest / (ACTIVE / 100), promise: '≤ (active + changed)/100 + 8' },
      verdict: judge(beyond, 0),
    },
  ];
}

function seedActive({ fleet }: SimulatedPlatform): void {
  for (let number = 0; number < ACTIVE; number += 1) {
    fleet.addTask({ operationId: `op-${number}`, status: 'processing', tally: { total: 1_000 } });
  }
}

function moveOne({ fleet }: SimulatedPlatform, number: number): void {
  const { tally } = fleet.change(`op-${number}`, {});
  fleet.change(`op-${number}`, {
    tally: { processing: tally.processing - 1, success: tally.success + 1 },
  });
}
