import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askAtOnce } from './acknowledge.ts';
import { ACTIVE, fillStore, moveEveryTask, seedLargeFleet, TASKS } from './large-fleet.ts';
import { cycleOf, type LoggedCycle } from './logged-cycle.ts';
import { residentMegabytes, watchMemory } from './process-memory.ts';
import { judge, type Row } from './row.ts';
import { openStage, type Stage } from './stage.ts';
import { startRawCycle } from './start-raw-cycle.ts';
import { startRow, timeOf } from './start-time.ts';
import { compare, median, ms } from './statistics.ts';

const STARTS = 3;
const ASKING_ROUNDS = 8;
const MEMORY = 200;
/** A cycle takes at most this many times what the raw one takes. */
const CYCLE = 2;
/** What a cycle leaves to be done after it, such as edits, is over by then. Milliseconds. */
const AFTERWARDS = 500;
const ACKNOWLEDGE = 300;
const CHANNEL = 'iot-ops';
const SIZE = `${TASKS.toLocaleString('en-US')} tasks, ${ACTIVE.toLocaleString('en-US')} active and all moving`;

/** A fleet of 100,000 tasks of which 5,000 are active, and every one of these moves before each look. */
export async function benchLarge({ minutes }: { readonly minutes: number }): Promise<readonly Row[]> {
  const now = Date.now();
  await using stage = await openStage({
    seed: (platform) => seedLargeFleet(platform, now),
    postRate: 'off',
  });
  const filled = join(stage.folder, 'filled.db');
  await fillStore(filled, now);
  let stores = 0;
  const cycles: LoggedCycle[] = [];
  const startBot = async () => {
    stores += 1;
    const path = join(stage.folder, `large-${stores}.db`);
    await copyFile(filled, path);
    return await stage.startBot({
      env: {
        DATABASE_URL: `sqlite:${path}`,
        POLL_SCHEDULE: '*/5 * * * * *',
        ALERT_CHANNEL: stage.workspace.channelInfo(CHANNEL).id,
      },
      onLine: (line) => cycles.push(...cycleOf(line)),
    });
  };
  const starts = { bot: [] as number[], floor: [] as number[] };
  for (let round = 0; round < STARTS; round += 1) {
    starts.floor.push(await timeOf(() => stage.startFloor('acknowledge')));
    starts.bot.push(await timeOf(startBot));
  }
  const bot = await startBot();
  const floorBot = await stage.startFloor('acknowledge');
  const atStart = residentMegabytes(bot.pid);
  const memory = watchMemory(bot.pid);
  cycles.length = 0;
  const rawStore = join(stage.folder, 'raw.db');
  await copyFile(filled, rawStore);
  const raw = startRawCycle(stage, rawStore);
  // The first one warms up.
  await raw.run();
  const until = performance.now() + minutes * 60_000;
  const rawTimes: number[] = [];
  do {
    moveEveryTask(stage.platform);
    await nextCycle(cycles);
    await new Promise((resolve) => setTimeout(resolve, AFTERWARDS));
    rawTimes.push(await raw.run());
  } while (performance.now() < until);
  raw.stop();
  const looking = memory.next();
  const looked = cycles.map(({ seconds }) => seconds * 1_000);
  const times = { bot: [] as number[], floor: [] as number[] };
  for (let round = -1; round < ASKING_ROUNDS; round += 1) {
    for (const [asked, into] of [
      [floorBot, times.floor],
      [bot, times.bot],
    ] as const) {
      moveEveryTask(stage.platform);
      await lookBegins(stage.platform);
      // At any moment of a look: while pages are read, and while they are written.
      await new Promise((resolve) => setTimeout(resolve, (Math.max(round, 0) * 700) / ASKING_ROUNDS));
      const answers = asked === bot;
      const acknowledged = await askAtOnce(stage, asked, { answers });
      // The first time warms up.
      if (round >= 0) into.push(...acknowledged);
    }
  }
  const asking = memory.next();
  const floorMemory = residentMegabytes(floorBot.pid);
  memory.stop();
  await Promise.all([bot.stop(), floorBot.stop()]);
  const peak = Math.max(atStart, ...looking, ...asking);
  const acknowledged = compare(times, 0.99);
  const ratio = median(looked) / median(rawTimes);
  const megabytes = (samples: readonly number[]) =>
    `median ${median(samples).toFixed(0)}, peak ${Math.max(...samples).toFixed(0)} MB`;
  return [
    startRow(`start until ready, ${TASKS.toLocaleString('en-US')} tasks`, starts, 3_000),
    {
      what: `resident memory, ${SIZE}, a look every 5 s for ${minutes} min, then 50 people asking`,
      figure: `start ${atStart.toFixed(0)} MB; looking: ${megabytes(looking)}; asking: ${megabytes(asking)}`,
      floor: `bare Bolt: ${floorMemory.toFixed(0)} MB`,
      ...{ ratio: peak / floorMemory, promise: `≤ ${MEMORY} MB`, verdict: judge(peak, MEMORY) },
    },
    {
      what: `a cycle, ${SIZE} (${looked.length} cycles)`,
      figure: `median ${ms(median(looked))}, longest ${ms(Math.max(...looked))}`,
      floor: `fetch, JSON.parse and upserts of the same rows: median ${ms(median(rawTimes))}`,
      ...{ ratio, promise: `≤ ${CYCLE} × the floor`, verdict: judge(ratio, CYCLE) },
    },
    {
      what: 'acknowledge a command, 50 people at once, during such cycles',
      figure: acknowledged.words,
      floor: `bare Bolt: ${acknowledged.floorWords}`,
      ratio: acknowledged.ratio,
      promise: `p99 ≤ ${ACKNOWLEDGE} ms`,
      verdict: judge(acknowledged.figure, ACKNOWLEDGE, acknowledged.bare),
    },
  ];
}

/** Resolves when the bot reads the first page of running tasks. */
async function lookBegins({ calls }: Stage['platform']): Promise<void> {
  const begun = () =>
    calls.some(
      ({ query }, index) => index >= before && query.operationStatus === 'processing' && query.pageNo === '0',
    );
  const before = calls.length;
  while (!begun()) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function nextCycle(cycles: readonly LoggedCycle[]): Promise<void> {
  const before = cycles.length;
  while (cycles.length === before) await new Promise((resolve) => setTimeout(resolve, 20));
}
