import { describe, expect, test } from '@jest/globals';
import { beginSweep, sweepOnePage } from '../../src/watch/run-sweep.ts';
import { temporaryFolder } from '../store/folder.ts';
import { HOUR, MINUTE, notificationsOf, setUp } from './bench.ts';

describe('a budget smaller than the fleet', () => {
  test('cuts the reading of active tasks short; the next cycle goes on there and tells each change once', async () => {
    await using bench = await setUp({ callsPerMinute: 10 });
    bench.addMany(1_250, { status: 'processing', operationId: 'op' });
    let reports = 0;
    for (; (await bench.state()).lastGoodCycleAt === null && reports < 6; reports += 1) {
      bench.clock.advance(2 * MINUTE);
      await bench.cycle();
    }
    expect(reports).toBeGreaterThan(1);
    bench.platform.fleet.setStatus('op-3', 'failed');
    bench.platform.fleet.setStatus('op-1200', 'failed');
    bench.callsMade();
    const wholes: boolean[] = [];
    for (let cycle = 0; cycle < 4; cycle += 1) {
      bench.clock.advance(2 * MINUTE);
      wholes.push((await bench.cycle()).whole);
      expect(bench.callsMade()).toBeLessThanOrEqual(8);
    }
    expect(wholes).toContain(false);
    expect(wholes).toContain(true);
    expect(await bench.told()).toEqual(['failed op-1200', 'failed op-3']);
  });

  test('that ends just after the active tasks still lets the ended ones be looked at in the next cycle', async () => {
    await using bench = await setUp({ callsPerMinute: 6 });
    // Three pages of running tasks and one of waiting ones: what people and new failures leave of six.
    bench.addMany(250, { status: 'processing', operationId: 'op' });
    for (let cycle = 0; cycle < 6; cycle += 1) {
      bench.clock.advance(2 * MINUTE);
      await bench.cycle();
    }
    bench.platform.fleet.setStatus('op-3', 'failed');
    for (let cycle = 0; cycle < 6; cycle += 1) {
      bench.clock.advance(2 * MINUTE);
      await bench.cycle();
    }
    expect(await bench.told()).toEqual(['failed op-3']);
  });

  test('short of a few seconds is waited for instead', async () => {
    await using bench = await setUp({ callsPerMinute: 8 });
    bench.addMany(1, { status: 'processing' });
    await bench.cycle();
    bench.clock.advance(58_000);
    expect(await bench.cycle()).toMatchObject({ whole: true });
  });
});

describe('a sweep', () => {
  test('finds what the cycles did not see, and tells it once', async () => {
    await using bench = await setUp();
    bench.addMany(450, { status: 'success' });
    await bench.settle();
    // As if it had ended unseen: removed here, added there, so that the total says nothing.
    const [oldest] = bench.platform.fleet.tasks('success');
    if (oldest) bench.platform.fleet.removeTask(oldest.operationId);
    bench.platform.fleet.addTask({
      ...{ operationId: 'hidden', status: 'success', createTime: bench.clock.now() - 40 * 24 * HOUR },
    });
    await bench.nextCycle();
    expect(await bench.told()).toEqual([]);
    await bench.sweep();
    expect(await bench.told()).toEqual(['succeeded hidden']);
    await bench.sweep();
    expect(await bench.told()).toEqual([]);
  });

  test('leaves what fails under it to the next cycle, which tells it all at once', async () => {
    await using bench = await setUp();
    bench.addMany(250, { status: 'processing', operationId: 'op' });
    await bench.settle();
    for (const { operationId } of [...bench.platform.fleet.tasks('processing')]) {
      bench.platform.fleet.setStatus(operationId, 'failed');
    }
    await bench.sweep();
    expect(await bench.told()).toEqual([]);
    await bench.nextCycle();
    expect(await bench.told()).toHaveLength(250);
  });

  test('goes on after a restart where it was, and reads each page once', async () => {
    using folder = temporaryFolder();
    const path = folder.in('upgrades.db');
    const before = await setUp({ path });
    before.addMany(350, { status: 'success' });
    await before.cycle();
    await beginSweep(before.parts);
    await sweepOnePage(before.parts, before.never);
    await sweepOnePage(before.parts, before.never);
    await before[Symbol.asyncDispose]();

    await using after = await setUp({ path });
    after.addMany(350, { status: 'success' });
    expect(await after.sweep()).toEqual(['page-read', 'ended']);
    const pages = after.platform.callsOf('listTasks').map(({ query }) => query.pageNo);
    expect(pages).toEqual(['2', '3']);
  });

  test('waits for the first good look, since before it everything would seem new', async () => {
    await using bench = await setUp();
    bench.addMany(5, { status: 'failed' });
    await beginSweep(bench.parts);
    expect(await sweepOnePage(bench.parts, bench.never)).toBe('nothing-to-do');
    expect(bench.callsMade()).toBe(0);
  });

  test.each([
    ['at a page with room left', {}, 250, 3],
    ['at an empty page', {}, 200, 3],
    ['where the platform says that there is no such page', { beyondTheEnd: 'error' as const }, 200, 3],
    ['at the highest page number the platform serves', { maxPageNo: 1 }, 1_000, 3],
  ])('ends %s', async (_name, behaviour, tasks, pages) => {
    await using bench = await setUp({ behaviour });
    bench.addMany(tasks, { status: 'success' });
    await bench.cycle();
    bench.callsMade();
    expect((await bench.sweep()).at(-1)).toBe('ended');
    expect(bench.callsMade()).toBe(pages);
    expect((await bench.state()).sweep).toBeNull();
  });

  test('that fails reads the same page again', async () => {
    await using bench = await setUp();
    bench.addMany(150, { status: 'success' });
    await bench.cycle();
    await beginSweep(bench.parts);
    await sweepOnePage(bench.parts, bench.never);
    const before = await bench.dump();
    bench.platform.faults.add({ kind: 'cut-json' }, { call: 'listTasks' });
    await expect(sweepOnePage(bench.parts, bench.never)).rejects.toMatchObject({ code: 'unreadable-answer' });
    expect(await bench.dump()).toBe(before);
    expect(await sweepOnePage(bench.parts, bench.never)).toBe('ended');
  });

  test('takes half of what polling does not need, and no more', async () => {
    await using bench = await setUp({ callsPerMinute: 100 });
    bench.addMany(4_000, { status: 'success' });
    await bench.budget.ledger.reserve({ cycleCalls: 5, cyclesPerMinute: 4, calls: 20, active: 0 });
    await bench.cycle();
    await beginSweep(bench.parts);
    const steps: string[] = [];
    for (let step = 0; step < 60; step += 1) {
      try {
        steps.push(await sweepOnePage(bench.parts, bench.never));
      } catch (error) {
        expect(error).toMatchObject({ code: 'call-budget-exhausted', reason: 'sweep-share-used' });
        break;
      }
    }
    expect(steps).toHaveLength(37);
    for (let cycle = 0; cycle < 3; cycle += 1) expect(await bench.cycle()).toMatchObject({ whole: true });
  });
});

test('a sweep does not wait for the budget, since a cycle would have to wait behind it', async () => {
  await using bench = await setUp({ callsPerMinute: 8 });
  bench.addMany(1_000, { status: 'success' });
  await bench.cycle();
  await beginSweep(bench.parts);
  bench.clock.advance(58_000);
  const before = bench.clock.now();
  await expect(sweepOnePage(bench.parts, bench.never)).rejects.toMatchObject({
    code: 'call-budget-exhausted',
  });
  expect(bench.clock.now()).toBe(before);
});

describe('after the bot was away', () => {
  test('what changed is told in one message per channel, and says how late', async () => {
    await using bench = await setUp({ kinds: ['failed', 'succeeded'] });
    bench.addMany(3, { status: 'processing', operationId: 'op' });
    await bench.settle();
    bench.clock.advance(HOUR);
    const failedAt = bench.clock.now();
    for (const id of ['op-0', 'op-1']) bench.platform.fleet.setStatus(id, 'failed');
    bench.platform.fleet.addTask({ operationId: 'brief', status: 'success' });
    bench.clock.advance(HOUR);
    await bench.cycle();
    const notifications = (await notificationsOf(bench)).filter(({ place }) => place !== 'note');
    expect(notifications.map(({ kind, place }) => `${kind} ${place}`)).toEqual([
      'summary root',
      'summary-part reply',
    ]);
    expect(JSON.parse(notifications[0]?.content ?? '')).toMatchObject({ cause: 'away' });
    expect(notifications[0]).toMatchObject({ happened_at: failedAt, noticed_at: failedAt + HOUR });
  });

  test('what later looks find of that time says so as well, and what happens since does not', async () => {
    // Every call of a look is needed: of many that left the lists only some are found at once.
    await using bench = await setUp({ kinds: ['failed', 'vanished'] });
    bench.addMany(130, { status: 'processing', operationId: 'op' });
    await bench.settle();
    bench.clock.advance(HOUR);
    for (let index = 0; index < 30; index += 1) bench.platform.fleet.removeTask(`op-${index}`);
    bench.clock.advance(HOUR);
    const causes: unknown[] = [];
    for (let look = 0; look < 12; look += 1) {
      if (look === 3) bench.platform.fleet.setStatus('op-129', 'failed');
      await bench.nextCycle();
    }
    for (const { kind, place, content } of await notificationsOf(bench)) {
      if (place === 'root') causes.push(kind === 'summary' ? JSON.parse(content).cause : kind);
    }
    expect(causes.filter((cause) => cause === 'away').length).toBeGreaterThan(1);
    expect(causes.filter((cause) => cause !== 'away')).toEqual(['failed']);
    expect((await bench.state()).absence?.missed).toEqual([]);
  });

  test('a task that has its thread already is told there', async () => {
    await using bench = await setUp({ kinds: ['failed', 'recovered'] });
    bench.addMany(1, { status: 'processing', operationId: 'op' });
    await bench.settle();
    bench.platform.fleet.setStatus('op-0', 'failed');
    await bench.nextCycle();
    bench.clock.advance(HOUR);
    bench.platform.fleet.setStatus('op-0', 'processing');
    await bench.cycle();
    const notifications = (await notificationsOf(bench)).filter(({ place }) => place !== 'note');
    expect(notifications.map(({ kind, place }) => `${kind} ${place}`)).toEqual([
      'failed root',
      'recovered reply',
    ]);
  });

  test.each([
    ['five minutes', 5 * MINUTE, 'failed'],
    ['a little more than five minutes', 5 * MINUTE + 1, 'summary'],
  ])('a gap of %s is told as %s', async (_name, gap, kind) => {
    await using bench = await setUp({ kinds: ['failed'] });
    bench.addMany(1, { status: 'processing', operationId: 'op' });
    await bench.settle();
    bench.platform.fleet.setStatus('op-0', 'failed');
    bench.clock.advance(gap);
    await bench.cycle();
    const roots = (await notificationsOf(bench)).filter(({ place }) => place === 'root');
    expect(roots.map((one) => one.kind)).toEqual([kind]);
  });
});
