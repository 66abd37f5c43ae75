import { describe, expect, test } from '@jest/globals';
import { type Bench, CHANNEL, HOUR, MINUTE, notificationsOf, START, setUp } from './bench.ts';

const contents = async (bench: Bench) =>
  (await notificationsOf(bench)).map(({ channel, place, content }) => ({
    channel,
    place,
    ...JSON.parse(content),
  }));

describe('the first look at a platform with a past', () => {
  test.each(['totalCount', 'totalSize', 'absent', 'too-small'] as const)(
    'tells nobody of it and says in each channel how much is watched (%s)',
    async (total) => {
      await using bench = await setUp({ behaviour: { total } });
      const { fleet } = bench.platform;
      for (const status of ['wait', 'processing', 'processing', 'failed', 'success', 'stop']) {
        fleet.addTask({ status, createTime: START - HOUR });
      }
      fleet.addTask({ status: 'processing', tally: { total: 20, fail: 15, processing: 5 } });
      const report = await bench.cycle();
      expect(report).toMatchObject({ whole: true, changes: [], notifications: 1, active: 4 });
      expect(await contents(bench)).toEqual([
        { channel: CHANNEL, place: 'note', kind: 'baseline', tasks: 7, running: 3, waiting: 1 },
      ]);
      expect(await bench.told()).toEqual([]);
      expect(await bench.nextCycle()).toMatchObject({ changes: [], notifications: 0 });
    },
  );

  test('counts what does not fit a page', async () => {
    await using bench = await setUp();
    bench.addMany(120, { status: 'processing' });
    bench.addMany(230, { status: 'failed' });
    await bench.cycle();
    expect(await contents(bench)).toMatchObject([{ kind: 'baseline', tasks: 350, running: 120, waiting: 0 }]);
  });

  test('on a platform with nothing says so, and the first task is news', async () => {
    await using bench = await setUp();
    await bench.cycle();
    expect(await contents(bench)).toMatchObject([{ kind: 'baseline', tasks: 0 }]);
    bench.platform.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await bench.nextCycle();
    expect(await bench.told()).toEqual(['failed op-1']);
  });

  test('an alarm that stood before is nobody’s news, one that rises later is', async () => {
    await using bench = await setUp();
    const { fleet } = bench.platform;
    fleet.addTask({
      operationId: 'old',
      status: 'processing',
      tally: { total: 20, fail: 15, processing: 5 },
    });
    fleet.addTask({ operationId: 'new', status: 'processing', tally: { total: 20, processing: 20 } });
    await bench.cycle();
    fleet.finishDevices('new', { fail: 12 });
    fleet.finishDevices('old', { success: 1 });
    await bench.nextCycle();
    expect(await bench.told()).toEqual(['failing new']);
  });
});

describe.each(['newest', 'oldest', 'shuffled'] as const)('a long past listed %s first', (order) => {
  test('is never told, neither by the cycles nor by the sweep; what ends after it is', async () => {
    await using bench = await setUp({ behaviour: { order } });
    for (const status of ['failed', 'success', 'stop']) bench.addMany(400, { status, operationId: status });
    bench.platform.fleet.addTask({ operationId: 'runs', status: 'processing', createTime: START - HOUR });
    await bench.cycle();
    for (let cycle = 0; cycle < 4; cycle += 1) await bench.nextCycle();
    await bench.sweep();
    for (let cycle = 0; cycle < 4; cycle += 1) await bench.nextCycle();
    expect(await bench.told()).toEqual([]);
    bench.platform.fleet.setStatus('runs', 'failed');
    await bench.nextCycle();
    expect(await bench.told()).toEqual(['failed runs']);
  });
});

test('a task with a word nobody knows that was there before is not told as new', async () => {
  await using bench = await setUp();
  bench.addMany(150, { status: 'success' });
  bench.platform.fleet.addTask({ operationId: 'odd', status: 'paused', createTime: START - HOUR });
  await bench.cycle();
  await bench.sweep();
  await bench.nextCycle();
  expect(await bench.told()).toEqual([]);
  bench.platform.fleet.setStatus('odd', 'failed');
  await bench.nextCycle();
  expect(await bench.told()).toEqual(['failed odd']);
});

test('a first look cut short by the budget tells nothing, and the baseline comes when it is whole', async () => {
  await using bench = await setUp({ callsPerMinute: 6 });
  bench.addMany(420, { status: 'processing', operationId: 'p' });
  const first = await bench.cycle();
  expect([first.whole, first.notifications]).toEqual([false, 0]);
  bench.clock.advance(2 * MINUTE);
  let report = await bench.cycle();
  for (let cycle = 0; cycle < 6 && !report.whole; cycle += 1) {
    bench.clock.advance(2 * MINUTE);
    report = await bench.cycle();
  }
  expect(report).toMatchObject({ whole: true, notifications: 1, changes: [] });
  expect(await contents(bench)).toMatchObject([{ kind: 'baseline', tasks: 420, running: 420 }]);
});
