import { describe, expect, test } from '@jest/globals';
import { acknowledge, readAcknowledgement } from '../../src/store/notification/acknowledgements.ts';
import { readMutes, writeMute } from '../../src/store/notification/mutes.ts';
import { type Bench, CHANNEL, HOUR, setUp } from './bench.ts';

async function taskOf(bench: Bench, status: string): Promise<void> {
  bench.platform.fleet.addTask({ operationId: 'op-1', status, tally: { total: 20, processing: 20 } });
  await bench.settle();
}

const mutedIn = async (bench: Bench) => [
  ...((await readMutes(bench.store.db, ['op-1'])).get('op-1')?.keys() ?? []),
];
const lookedAfter = async (bench: Bench) => (await readAcknowledgement(bench.store.db, CHANNEL, 'op-1'))?.by;

describe('what people did with a task', () => {
  test.each(['failed', 'success', 'stop'])('a mute until it ends is over with it: %s', async (status) => {
    await using bench = await setUp();
    await taskOf(bench, 'processing');
    const at = bench.clock.now();
    await writeMute(bench.store.db, CHANNEL, 'op-1', { until: null, by: 'U1', at });
    await writeMute(bench.store.db, 'C2', 'op-1', { until: at + HOUR, by: 'U1', at });
    await bench.nextCycle();
    expect(await mutedIn(bench)).toEqual([CHANNEL, 'C2']);
    bench.platform.fleet.setStatus('op-1', status);
    await bench.nextCycle();
    expect(await mutedIn(bench)).toEqual(['C2']);
  });

  test.each([
    ['failed', 'is tried again'],
    ['stop', 'is started again'],
  ])('who looked after it no longer does when a task that is %s %s', async (status) => {
    await using bench = await setUp();
    await taskOf(bench, status);
    await acknowledge(bench.store.db, CHANNEL, 'op-1', { by: 'U1', at: bench.clock.now() });
    await bench.nextCycle();
    expect(await lookedAfter(bench)).toBe('U1');
    bench.platform.fleet.setStatus('op-1', 'processing');
    await bench.nextCycle();
    expect(await lookedAfter(bench)).toBeUndefined();
  });

  test('who looks after a task that is late goes on when it starts, and when it fails', async () => {
    await using bench = await setUp();
    await taskOf(bench, 'wait');
    await acknowledge(bench.store.db, CHANNEL, 'op-1', { by: 'U1', at: bench.clock.now() });
    for (const status of ['processing', 'failed']) {
      bench.platform.fleet.setStatus('op-1', status);
      await bench.nextCycle();
      expect(await lookedAfter(bench)).toBe('U1');
    }
  });
});

test('what is noticed at once is told in the order it happened, whichever list was read first', async () => {
  await using bench = await setUp();
  const { fleet } = bench.platform;
  for (const operationId of ['op-1', 'op-2'])
    fleet.addTask({ operationId, status: 'processing', tally: { total: 30, processing: 30 } });
  await bench.settle();
  fleet.setStatus('op-2', 'failed');
  // It begins to fail by the time of the look, which reads what runs before what ended.
  fleet.finishDevices('op-1', { success: 10, fail: 10, reason: 'No answer.' });
  await bench.nextCycle();
  const notifications = await bench.store.db
    .selectFrom('notification')
    .select('operation_id')
    .where('operation_id', 'is not', null)
    .orderBy('seq')
    .execute();
  expect(notifications.map(({ operation_id }) => operation_id)).toEqual(['op-2', 'op-1']);
});
