import { openInspector } from './inspector.ts';
import type { Row } from './row.ts';
import { openStage } from './stage.ts';
import type { RunningProcess } from './start-process.ts';

const COMMANDS = 10_000;
const AT_ONCE = 10;
/** By now everything is loaded and warm; what is added afterwards is growth. */
const WARM = 2_000;

const QUESTIONS = [
  'failed',
  'failed sort:failed',
  'running page:1',
  'faild',
  'help',
  'health',
  '',
  'since:30d',
];

/**
 * What the bot holds on to after 2,000 and after 10,000 commands of all kinds: its heap right after a full collection.
 * Resident memory also holds garbage that the engine has not cared to collect yet, so it is no measure of growth.
 */
export async function benchHeldMemory(): Promise<readonly Row[]> {
  await using stage = await openStage();
  const bot = await stage.startBot({ flags: ['--inspect=127.0.0.1:0'] });
  let warm = 0;
  for (let sent = 0; sent < COMMANDS; sent += AT_ONCE) {
    const asked = Array.from({ length: AT_ONCE }, (_, index) =>
      stage.slack.ask(bot.eventsUrl, QUESTIONS[(sent + index) % QUESTIONS.length] ?? ''),
    );
    await Promise.all(asked.flatMap(({ acknowledged, answered }) => [acknowledged, answered]));
    if (sent + AT_ONCE === WARM) warm = await heldMegabytes(bot);
  }
  const end = await heldMegabytes(bot);
  await bot.stop();
  const [some, all] = [WARM, COMMANDS].map((commands) => commands.toLocaleString('en-US'));
  return [
    {
      what: `heap held after ${all} commands`,
      figure: `${end.toFixed(1)} MB`,
      floor: `after ${some} commands: ${warm.toFixed(1)} MB`,
      ratio: end / warm,
      ...{ promise: null, verdict: 'no promise' },
    },
  ];
}

/** The heap in use right after a full collection. The process has to be started with `--inspect`. */
export async function heldMegabytes({ inspectorUrl }: RunningProcess): Promise<number> {
  const url = inspectorUrl();
  if (url === null) throw new Error('the process was started without an inspector');
  const inspector = await openInspector(url);
  try {
    await inspector.call('HeapProfiler.collectGarbage');
    const { usedSize } = await inspector.call('Runtime.getHeapUsage');
    return Number(usedSize) / 1_048_576;
  } finally {
    inspector.close();
  }
}
