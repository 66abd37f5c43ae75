import { describe, expect, test } from '@jest/globals';
import type { Fleet } from '../../sandbox/platform/index.ts';
import { type Bench, HOUR, MINUTE, notificationsOf, setUp } from './bench.ts';

interface Story {
  readonly name: string;
  readonly before: Parameters<Fleet['addTask']>[0];
  readonly happens: (fleet: Fleet) => void;
  readonly told: string;
}

const DEVICES = { total: 20, processing: 20 };

const STORIES: readonly Story[] = [
  {
    name: 'a waiting task starts',
    before: { status: 'wait' },
    happens: (fleet) => fleet.setStatus('op-1', 'processing'),
    told: 'started',
  },
  {
    name: 'more than a few devices of a running task fail',
    before: { status: 'processing', tally: DEVICES },
    happens: (fleet) => fleet.finishDevices('op-1', { fail: 6, timeout: 4 }),
    told: 'failing',
  },
  {
    name: 'a task fails',
    before: { status: 'processing' },
    happens: (fleet) => fleet.setStatus('op-1', 'failed'),
    told: 'failed',
  },
  {
    name: 'a task succeeds',
    before: { status: 'processing' },
    happens: (fleet) => fleet.setStatus('op-1', 'success'),
    told: 'succeeded',
  },
  {
    name: 'somebody stops a task',
    before: { status: 'wait' },
    happens: (fleet) => fleet.stopTask('op-1'),
    told: 'stopped',
  },
  {
    name: 'a failed task is tried again',
    before: { status: 'failed', policy: { retryType: true, retryTimes: 3 } },
    happens: (fleet) => fleet.retryTask('op-1'),
    told: 'recovered',
  },
  {
    name: 'a running task passes the end of its window',
    before: { status: 'processing', policy: { endTime: Date.UTC(2024, 2, 11, 6, 5, 32) } },
    happens: () => {},
    told: 'overdue',
  },
  {
    name: 'a task is not started when it was due',
    before: {
      status: 'wait',
      policy: { executeType: 'custom', startTime: Date.UTC(2024, 2, 11, 6, 5, 32) },
    },
    happens: () => {},
    told: 'overdue',
  },
  {
    name: 'the platform forgets a task that had not ended',
    before: { status: 'processing' },
    happens: (fleet) => fleet.removeTask('op-1'),
    told: 'vanished',
  },
];

async function watching(before: Story['before']): Promise<Bench> {
  const bench = await setUp();
  bench.platform.fleet.addTask({ operationId: 'op-1', ...before });
  await bench.settle();
  return bench;
}

describe('told once, in the cycle after it happened, and not again', () => {
  test.each(STORIES)('$name', async ({ before, happens, told }) => {
    const bench = await setUp();
    await using _ = bench;
    bench.platform.fleet.addTask({ operationId: 'op-1', ...before });
    await bench.cycle();
    await bench.told();
    happens(bench.platform.fleet);
    await bench.nextCycle();
    expect(await bench.told()).toEqual([`${told} op-1`]);
    for (let cycle = 0; cycle < 3; cycle += 1) await bench.nextCycle();
    await bench.sweep();
    expect(await bench.told()).toEqual([]);
    const notifications = await notificationsOf(bench);
    expect(notifications.map(({ kind }) => kind)).toEqual(['baseline', told]);
  });

  test('a task is created, and started where it runs already', async () => {
    await using bench = await setUp();
    await bench.cycle();
    bench.platform.fleet.addTask({ operationId: 'waits' });
    bench.platform.fleet.addTask({ operationId: 'runs', status: 'processing' });
    await bench.nextCycle();
    expect(await bench.told()).toEqual(['created runs', 'created waits', 'started runs']);
    await bench.nextCycle();
    expect(await bench.told()).toEqual([]);
  });

  test('a running task does not move for a while, stalls, moves, and stalls again', async () => {
    await using bench = await watching({ status: 'processing', tally: DEVICES });
    bench.clock.advance(6 * HOUR - 2 * MINUTE);
    await bench.cycle();
    expect(await bench.told()).toEqual([]);
    bench.clock.advance(2 * MINUTE);
    await bench.cycle();
    expect(await bench.told()).toEqual(['stalled op-1']);
    await bench.nextCycle();
    bench.platform.fleet.finishDevices('op-1', { success: 1 });
    await bench.nextCycle();
    expect(await bench.told()).toEqual(['resumed op-1']);
    bench.clock.advance(6 * HOUR);
    await bench.cycle();
    expect(await bench.told()).toEqual(['stalled op-1']);
  });

  test('progress is kept as history and edits the root, but is no line of the story', async () => {
    await using bench = await watching({ status: 'processing', tally: DEVICES });
    bench.platform.fleet.finishDevices('op-1', { fail: 12 });
    await bench.nextCycle();
    expect(await bench.told()).toEqual(['failing op-1']);
    const before = await bench.store.db.selectFrom('message').selectAll().executeTakeFirstOrThrow();
    bench.platform.fleet.finishDevices('op-1', { success: 3 });
    const report = await bench.nextCycle();
    expect(report).toMatchObject({ notifications: 0, changes: [{ changes: [{ kind: 'progress' }] }] });
    const after = await bench.store.db.selectFrom('message').selectAll().executeTakeFirstOrThrow();
    expect(after.wanted_version).toBe(before.wanted_version + 1);
  });
});

describe('a whole life', () => {
  test('is one root and a thread: the later changes are replies, the loud ones broadcast', async () => {
    await using bench = await watching({ status: 'processing', tally: DEVICES });
    const { fleet } = bench.platform;
    fleet.finishDevices('op-1', { fail: 12 });
    await bench.nextCycle();
    fleet.setStatus('op-1', 'failed');
    await bench.nextCycle();
    fleet.setStatus('op-1', 'processing');
    await bench.nextCycle();
    fleet.finishDevices('op-1', { success: 20 });
    await bench.nextCycle();
    const notifications = (await notificationsOf(bench)).filter(({ place }) => place !== 'note');
    expect(notifications.map(({ kind, place, broadcast }) => `${kind} ${place} ${broadcast}`)).toEqual([
      'failing root 0',
      'failed reply 1',
      'recovered reply 0',
      'succeeded reply 0',
    ]);
    expect(new Set(notifications.map((one) => one.message_id)).size).toBe(1);
  });

  test('more than five new tasks in one cycle are one summary, whose thread names every one', async () => {
    await using bench = await setUp();
    bench.addMany(45, { status: 'processing', operationId: 'op' });
    await bench.settle();
    for (let index = 0; index < 45; index += 1) bench.platform.fleet.setStatus(`op-${index}`, 'failed');
    await bench.nextCycle();
    const notifications = (await notificationsOf(bench)).filter(({ place }) => place !== 'note');
    expect(notifications.map(({ kind, place }) => `${kind} ${place}`)).toEqual([
      'summary root',
      ...Array(3).fill('summary-part reply'),
    ]);
    const named = notifications.flatMap(({ content, place }) =>
      place === 'reply' ? JSON.parse(content).entries : [],
    );
    expect(new Set(named.map(({ operationId }: { operationId: string }) => operationId)).size).toBe(45);
  });
});
