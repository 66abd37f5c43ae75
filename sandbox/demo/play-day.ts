import { playDemoDay } from '../platform/index.ts';
import type { Narrator } from './narrate.ts';
import type { Sandbox } from './start-sandbox.ts';

const HOUR = 3_600_000;
/** A day in 48 seconds. */
const SPEED = 1_800;
const ANSWER_LIMIT = 15_000;

/** Plays a day of upgrades: people ask, tasks run, one fails, and somebody looks into it. */
export async function playDay({ platform, workspace }: Sandbox, narrator: Narrator): Promise<void> {
  const channel = 'iot-ops';
  const ask = async (person: string, text: string) => {
    const before = workspace.posts.length;
    narrator.typed(person, `/upgrades ${text}`.trim());
    const { status, milliseconds } = await workspace.command({ user: person, channel, text });
    narrator.say(`   acknowledged with ${status} after ${Math.round(milliseconds)} ms`);
    const answered = () => workspace.posts.slice(before).some(({ kind }) => kind === 'response');
    await workspace.until(answered, { what: `the answer to /upgrades ${text}`, timeoutMs: ANSWER_LIMIT });
  };
  await workspace.until((seen) => seen.channel(channel).length > 0, { what: 'the first message of the bot' });
  await ask('ana', '');
  await ask('wei', 'failed size:2');
  await ask('wei', 'faild');

  const begun = platform.clock.now();
  const day = playDemoDay(platform);
  narrator.say('\n── A day of upgrades begins: six new tasks, an hour every two seconds ──');
  platform.clock.follow({ speed: SPEED });
  const clock = setInterval(() => {
    const hours = Math.floor((platform.clock.now() - begun) / HOUR);
    const { processing = 0, wait = 0 } = platform.fleet.countsByStatus();
    narrator.say(
      `   ${'▪'.repeat(hours).padEnd(24, '·')} hour ${hours} of 24: ${processing} running, ${wait} waiting`,
    );
  }, 4_000);
  try {
    const failing = day.fails.operationId;
    await workspace.until(
      (seen) =>
        seen
          .channel(channel)
          .some(({ replies }) =>
            replies.some(({ text }) => text.includes(failing) && text.includes('failed')),
          ),
      { what: 'the notification of the failing task', timeoutMs: 60_000 },
    );
    const failed = platform.fleet.deviceResults(failing).find(({ state }) => state === 'fail');
    narrator.say('\n── A failure was told; Ana looks at the task, Wei at one of its devices ──');
    await ask('ana', failing);
    if (failed) await ask('wei', failed.deviceId);
    await until(() => platform.clock.now() >= begun + 24 * HOUR);
  } finally {
    clearInterval(clock);
    platform.clock.halt();
  }
}

/** Tells in figures what the day was. */
export function sumUp({ platform, workspace }: Sandbox, narrator: Narrator): void {
  const kinds = Object.groupBy(workspace.posts, ({ kind }) => kind);
  const roots = workspace
    .channel('iot-ops')
    .filter(({ replies, metadata }) => replies.length > 0 || metadata !== null);
  narrator.say(
    [
      '\n── The day is over ──',
      `   messages of the bot in #iot-ops: ${roots.length}, replies in threads: ${roots.reduce((sum, { replies }) => sum + replies.length, 0)}`,
      `   posts ${kinds.post?.length ?? 0}, edits ${kinds.update?.length ?? 0}, answers ${kinds.response?.length ?? 0}`,
      `   calls to the platform ${platform.calls.length}, refused by Slack's rate limit ${workspace.rateLimited.length}, beyond Slack's limits ${workspace.violations.length}`,
    ].join('\n'),
  );
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 200));
}
