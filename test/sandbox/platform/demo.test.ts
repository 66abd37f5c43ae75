import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  createSimulatedClock,
  playDemoDay,
  type SimulatedPlatform,
  seedDemoFleet,
} from '../../../sandbox/platform/index.ts';
import { client, DEVICES, OPERATIONS, platformWith } from './http-client.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 4, 18, 6, 0, 0);

async function demo(seed = 1): Promise<SimulatedPlatform> {
  const platform = await platformWith({ seed, clock: createSimulatedClock(START) });
  seedDemoFleet(platform);
  return platform;
}

describe('the demo fleet', () => {
  test('40 tasks in all statuses over the last three weeks, 5,000 devices', async () => {
    const platform = await demo();
    expect(platform.fleet.size).toBe(40);
    expect(Object.keys(platform.fleet.countsByStatus()).sort()).toEqual([
      'failed',
      'processing',
      'stop',
      'success',
      'wait',
    ]);
    expect(platform.fleet.devices.all()).toHaveLength(5000);
    for (const task of platform.fleet.tasks()) {
      const { total, ...parts } = task.tally;
      expect(Object.values(parts).reduce((sum, count) => sum + count, 0)).toBe(total);
      expect(task.createTime).toBeGreaterThan(START - 21 * DAY);
      expect(task.stopTime ?? 0).toBeLessThanOrEqual(START);
    }
  });

  test('the same seed gives the same fleet, another seed another one', async () => {
    const tasks = async (seed: number) => {
      const caller = await client(await demo(seed));
      return (await caller.list({ pageNo: 0, pageSize: 100 })).text;
    };
    const first = await tasks(3);
    expect(await tasks(3)).toBe(first);
    expect(await tasks(4)).not.toBe(first);
  });

  test('the devices of a task can be looked up, and failed ones say why', async () => {
    const platform = await demo();
    const caller = await client(platform);
    const failed = (await caller.ids({ operationStatus: 'failed' }))?.[0];
    const { json } = await caller.get(`${OPERATIONS}/${failed}/subOperations`, {
      subOperationStatus: 'fail',
    });
    expect(json.data?.[0]?.detailInfo).toEqual(expect.any(String));
    const device = await caller.get(`${DEVICES}/${json.data?.[0]?.deviceId}`);
    expect(device.status).toBe(200);
  });
});

describe('the demo day', () => {
  /** Hour by hour: the tallies and statuses of each task. */
  const story: Record<string, { status: string; share: number; done: number; success: number }[]> = {};

  beforeAll(async () => {
    const platform = await demo();
    const day = playDemoDay(platform);
    for (let hour = 0; hour <= 24; hour += 1) {
      for (const [name, { status, tally }] of Object.entries(day)) {
        const bad = tally.fail + tally.timeout;
        const done = tally.success + bad + tally.stop;
        story[name] = [
          ...(story[name] ?? []),
          { status, done, share: bad / Math.max(1, done), success: tally.success },
        ];
      }
      platform.clock.advance(HOUR);
    }
    await platform.close();
  });

  const statuses = (name: string) =>
    (story[name] ?? []).map((hour) => hour.status).filter((status, n, all) => status !== all[n - 1]);

  test('one succeeds', () => {
    expect(statuses('succeeds')).toEqual(['wait', 'processing', 'success']);
    expect(story.succeeds?.at(-1)?.share).toBe(0);
  });

  test('one begins to fail at 12 % of what has finished, and fails', () => {
    expect(statuses('fails')).toEqual(['wait', 'processing', 'failed']);
    const running = story.fails?.filter((hour) => hour.status === 'processing' && hour.done > 50) ?? [];
    expect(running.length).toBeGreaterThan(3);
    for (const hour of running) expect(hour.share).toBeCloseTo(0.12, 1);
  });

  test('one fails, is retried and recovers', () => {
    expect(statuses('recovers')).toEqual(['wait', 'processing', 'failed', 'processing', 'success']);
  });

  test('one stalls: running, and no counter moves for many hours', () => {
    expect(statuses('stalls')).toEqual(['wait', 'processing']);
    expect(new Set(story.stalls?.slice(5).map((hour) => hour.success)).size).toBe(1);
    expect(story.stalls?.at(-1)?.success).toBeGreaterThan(10);
  });

  test('one is stopped on its way', () => {
    expect(statuses('isStopped')).toEqual(['wait', 'processing', 'stop']);
    expect(story.isStopped?.at(-1)?.success).toBeGreaterThan(10);
  });

  test('one waits for its scheduled window', () => {
    expect(statuses('isScheduled')).toEqual(['wait', 'processing', 'success']);
    expect(story.isScheduled?.[13]?.status).toBe('wait');
  });
});
