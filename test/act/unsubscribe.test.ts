import { describe, expect, test } from '@jest/globals';
import { removeSubscription } from '../../src/act/unsubscribe.ts';
import { readAllHours } from '../../src/store/subscription/channel-hours.ts';
import { LAB, linesOf, OPS, subscribe, unsubscribeHere } from '../ask/subscribing.ts';
import { type Bench, notificationsOf, setUp } from '../watch/bench.ts';

async function subscribed(bench: Bench, ...lines: readonly string[]): Promise<void> {
  for (const line of lines) await subscribe(bench, line);
}

describe('unsubscribe', () => {
  test('alone removes the only subscription, and asks which where there are several', async () => {
    await using bench = await setUp();
    expect(await unsubscribeHere(bench, '')).toEqual({ kind: 'nothing-here' });
    await subscribed(bench, 'firmware', 'software');
    expect(await unsubscribeHere(bench, '')).toMatchObject({ kind: 'which' });
    expect(await linesOf(bench)).toHaveLength(2);
    expect(await unsubscribeHere(bench, 'software')).toMatchObject({ kind: 'removed', left: 1 });
    expect(await unsubscribeHere(bench, '')).toMatchObject({ kind: 'removed', left: 0, hoursToo: false });
    expect(await linesOf(bench)).toEqual([]);
  });

  test('all removes everything of this channel, its hours as well, and of no other', async () => {
    await using bench = await setUp();
    await subscribed(bench, 'firmware quiet:22:00-07:00', 'software');
    await subscribe(bench, 'firmware quiet:22:00-07:00', LAB);
    const result = await unsubscribeHere(bench, 'all');
    expect(result).toMatchObject({ kind: 'removed', left: 0, hoursToo: true });
    expect(await linesOf(bench)).toEqual([]);
    expect([...(await readAllHours(bench.store.db)).keys()]).toEqual([LAB]);
    expect(await linesOf(bench, LAB)).toHaveLength(1);
  });

  test('finds a filter in any order, with dates in the asker’s zone', async () => {
    await using bench = await setUp();
    await subscribed(bench, 'firmware model:A,B', 'software');
    await subscribe(bench, 'since:2024-03-11 model:C', OPS, 'Asia/Tokyo');
    expect(await unsubscribeHere(bench, 'model:B,A firmware')).toMatchObject({ kind: 'removed', left: 2 });
    expect(await unsubscribeHere(bench, 'model:C since:2024-03-11')).toMatchObject({ kind: 'not-found' });
    const again = await unsubscribeHere(bench, 'model:C since:2024-03-11', OPS, 'Asia/Tokyo');
    expect(again).toMatchObject({ kind: 'removed', left: 1 });
  });

  test('takes only the kinds that are named, and the subscription with the last of them', async () => {
    await using bench = await setUp();
    await subscribed(bench, '', 'firmware on:failed,succeeded');
    expect(await unsubscribeHere(bench, 'stalled')).toMatchObject({
      kind: 'fewer-kinds',
      taken: ['stalled'],
    });
    expect(await unsubscribeHere(bench, 'firmware succeeded,stopped')).toMatchObject({
      taken: ['succeeded'],
    });
    expect(await linesOf(bench)).toEqual(['firmware on:failed', 'on:failed,failing']);
    expect(await unsubscribeHere(bench, 'firmware stalled')).toMatchObject({ kind: 'kinds-not-told' });
    expect(await unsubscribeHere(bench, 'firmware failed')).toMatchObject({ kind: 'removed', left: 1 });
    // The only one there is is meant, whatever its filter.
    await unsubscribeHere(bench, 'on:all');
    await subscribed(bench, 'software');
    expect(await unsubscribeHere(bench, 'stalled')).toMatchObject({ kind: 'fewer-kinds' });
    expect(await linesOf(bench)).toEqual(['software on:failed,failing']);
  });

  test('with a filter nobody has removes nothing', async () => {
    await using bench = await setUp();
    await subscribed(bench, 'firmware');
    expect(await unsubscribeHere(bench, 'software')).toMatchObject({ kind: 'not-found' });
    expect(await linesOf(bench)).toHaveLength(1);
  });

  test.each(['quiet:off', 'digest:off', 'mention:@here', 'stalled:2h', 'firmware quiet:off', 'zone:UTC'])(
    '%s is no wish to hear less of tasks',
    async (line) => {
      await using bench = await setUp();
      await subscribed(bench, 'firmware');
      expect(await unsubscribeHere(bench, line)).toEqual({ kind: 'subscribe-instead' });
      expect(await linesOf(bench)).toHaveLength(1);
    },
  );

  test('takes the whole line of a subscription as well', async () => {
    await using bench = await setUp();
    const line = 'firmware on:failed,stalled mention:<@U1> failing:10%,20 stalled:2h';
    await subscribed(bench, line, 'software');
    expect(await unsubscribeHere(bench, line)).toMatchObject({ kind: 'removed', left: 1 });
  });

  test('gives up what was not told yet with the last subscription, and not before', async () => {
    await using bench = await setUp();
    await bench.settle();
    await subscribed(bench, 'on:all', 'firmware');
    bench.platform.fleet.addTask({ status: 'processing' });
    await bench.nextCycle();
    const states = async () =>
      (await notificationsOf(bench)).filter(({ channel }) => channel === OPS).map(({ state }) => state);
    await unsubscribeHere(bench, 'on:all');
    expect(await states()).toEqual(['pending']);
    await unsubscribeHere(bench, '');
    expect(await states()).toEqual(['withdrawn']);
  });
});

test('a button removes a subscription of its own channel only, and only once', async () => {
  await using bench = await setUp();
  const { id } = await subscribe(bench, 'firmware');
  expect(await removeSubscription(bench.store.db, LAB, id ?? '')).toBeNull();
  expect(await removeSubscription(bench.store.db, OPS, 'nonsense')).toBeNull();
  expect(await removeSubscription(bench.store.db, OPS, id ?? '')).toMatchObject({ kind: 'removed' });
  expect(await removeSubscription(bench.store.db, OPS, id ?? '')).toBeNull();
});
