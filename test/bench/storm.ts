import type { SimulatedPlatform } from '../../sandbox/platform/index.ts';
import type { Row } from './row.ts';
import { openStage } from './stage.ts';
import { ms } from './statistics.ts';

const TASKS = 1_000;
const CHANNEL = 'iot-ops';
const idOf = (number: number) => `storm-${String(number).padStart(4, '0')}`;

/** All of 1,000 running tasks fail between two looks, in a channel that takes a post a second. */
export async function benchStorm(): Promise<readonly Row[]> {
  await using stage = await openStage({ seed: seedRunning });
  const { workspace, platform } = stage;
  const env = { POLL_SCHEDULE: '*/5 * * * * *', ALERT_CHANNEL: workspace.channelInfo(CHANNEL).id };
  const bot = await stage.startBot({ env });
  await workspace.until((seen) => seen.channel(CHANNEL).length > 0, { what: 'the first message' });
  const before = workspace.channel(CHANNEL).length;
  const begun = performance.now();
  for (let number = 0; number < TASKS; number += 1) platform.fleet.setStatus(idOf(number), 'failed');
  const replies = () =>
    workspace.channel(CHANNEL).flatMap((message) => message.replies.map((reply) => JSON.stringify(reply)));
  const named = () => {
    const text = replies().join('\n');
    return Array.from({ length: TASKS }, (_, number) => idOf(number)).filter((id) => text.includes(id))
      .length;
  };
  await workspace.until(() => named() === TASKS, { what: 'that every task is named', timeoutMs: 180_000 });
  const took = performance.now() - begun;
  await bot.stop();
  const messages = workspace.channel(CHANNEL).length - before;
  const posts = replies().length + messages;
  const sound = messages === 1 && workspace.rateLimited.length === 0;
  return [
    {
      what: `storm: ${TASKS.toLocaleString('en-US')} tasks fail at once in one channel`,
      figure: `${messages} message, ${posts - messages} replies naming ${named()} tasks, in ${ms(took)}`,
      floor: `${posts} posts, one a second: ${ms(posts * 1_000)}`,
      ratio: took / (posts * 1_000),
      ...{ promise: 'a summary and its thread, nothing lost', verdict: sound ? 'kept' : 'broken' },
    },
  ];
}

function seedRunning({ fleet }: SimulatedPlatform): void {
  for (let number = 0; number < TASKS; number += 1) {
    fleet.addTask({ operationId: idOf(number), status: 'processing', tally: { total: 20 } });
  }
}
