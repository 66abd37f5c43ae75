import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatedPlatform } from '../../sandbox/platform/index.ts';
import { judge, type Row } from './row.ts';
import { openStage } from './stage.ts';
import { median, ms, percentile } from './statistics.ts';

const CHANGES = 24;
const INTERVAL = 1_000;
const CHANNEL = 'iot-ops';

/** From a task's failing on the platform to the post in Slack, with a look every second; one failure after another. */
export async function benchChangeToPost(): Promise<readonly Row[]> {
  await using stage = await openStage({ seed: seedRunning });
  const { workspace, platform } = stage;
  const env = { POLL_SCHEDULE: '* * * * * *', ALERT_CHANNEL: workspace.channelInfo(CHANNEL).id };
  const bot = await stage.startBot({ env });
  await workspace.until((seen) => seen.channel(CHANNEL).length > 0, { what: 'the first message' });
  const times: number[] = [];
  for (let number = 0; number < CHANGES; number += 1) {
    // Slack takes a post a second; then anywhere between two looks.
    await pause(1_100 + ((number * 379) % INTERVAL));
    const before = workspace.channel(CHANNEL).length;
    const begun = performance.now();
    platform.fleet.setStatus(`op-${number}`, 'failed');
    await workspace.until((seen) => seen.channel(CHANNEL).length > before, {
      what: 'the post',
      timeoutMs: 20_000,
    });
    times.push(performance.now() - begun);
  }
  await bot.stop();
  const p99 = percentile(times, 0.99);
  return [
    {
      what: `change on the platform to post in Slack, a look every ${INTERVAL / 1_000} s`,
      figure: `median ${ms(median(times))}, p99 ${ms(p99)}`,
      floor: `the interval: ${ms(INTERVAL)}`,
      ratio: p99 / INTERVAL,
      promise: 'p99 ≤ interval + 1 s',
      verdict: judge(p99, INTERVAL + 1_000),
    },
  ];
}

function seedRunning({ fleet }: SimulatedPlatform): void {
  for (let number = 0; number < CHANGES; number += 1) {
    fleet.addTask({ operationId: `op-${number}`, status: 'processing', tally: { total: 20 } });
  }
}
