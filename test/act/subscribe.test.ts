import { describe, expect, test } from '@jest/globals';
import { resumeAfterPost, takeBack, weigh } from '../../src/act/subscribe.ts';
import { proposeByForm, proposeWhole } from '../../src/ask/propose.ts';
import { readAllHours, readDigestDay } from '../../src/store/subscription/channel-hours.ts';
import { deleteSubscription, readSubscriptionsOf } from '../../src/store/subscription/subscriptions.ts';
import { readSuspendedChannels, suspendChannel } from '../../src/store/subscription/suspension.ts';
import { LAB, linesOf, OPS, propose, subscribe, wishOf } from '../ask/subscribing.ts';
import { type Bench, CHANNEL, MINUTE, notificationsOf, setUp } from '../watch/bench.ts';

const toldHere = async (bench: Bench, channel = OPS) =>
  (await notificationsOf(bench)).filter((one) => one.channel === channel).map((one) => one.kind);

describe('a line', () => {
  test('makes a subscription, and changes the one with the same filter whatever its order', async () => {
    await using bench = await setUp();
    await subscribe(bench, 'firmware model:A,B');
    await subscribe(bench, 'model:B,A on:failed firmware mention:@here');
    await subscribe(bench, 'software');
    expect(await linesOf(bench)).toEqual([
      'firmware model:A,B on:failed mention:<!here>',
      'software on:failed,failing,stalled',
    ]);
    const [first] = await readSubscriptionsOf(bench.store.db, OPS);
    expect(first).toMatchObject({ createdBy: 'U1', suspendedReason: null });
  });

  test('means the asker’s zone for dates and for hours', async () => {
    await using bench = await setUp();
    await subscribe(bench, 'since:2024-03-11 digest:09:00', OPS, 'Asia/Tokyo');
    expect(await linesOf(bench)).toEqual(['since:2024-03-10T15:00Z on:failed,failing,stalled']);
    const hours = { quiet: null, digestAt: 540, zone: 'Asia/Tokyo' };
    expect((await readAllHours(bench.store.db)).get(OPS)).toEqual(hours);
    await subscribe(bench, 'quiet:22:00-07:00', OPS, 'Europe/Berlin');
    expect((await readAllHours(bench.store.db)).get(OPS)).toMatchObject({ zone: 'Asia/Tokyo' });
  });

  test('with hours alone sets them, and subscribes a channel that hears of nothing', async () => {
    await using bench = await setUp();
    expect(await propose(bench, 'quiet:22:00-07:00')).toMatchObject({ byHours: true, before: null });
    const saved = await subscribe(bench, 'quiet:22:00-07:00');
    expect(saved.id).not.toBeNull();
    expect(await linesOf(bench)).toEqual(['on:failed,failing,stalled']);
    await subscribe(bench, 'firmware on:failed', LAB);
    const second = await subscribe(bench, 'quiet:22:00-07:00', LAB);
    expect(second).toMatchObject({ id: null, proposal: { byHours: false, wished: null } });
    expect(await linesOf(bench, LAB)).toEqual(['firmware on:failed']);
  });

  test('has a digest told first when its time comes next', async () => {
    await using bench = await setUp();
    await subscribe(bench, 'digest:05:00');
    expect(await readDigestDay(bench.store.db, OPS)).toBe('2024-03-11');
    await subscribe(bench, 'digest:07:00');
    expect(await readDigestDay(bench.store.db, OPS)).toBe('2024-03-10');
    await subscribe(bench, 'quiet:22:00-07:00');
    expect(await readDigestDay(bench.store.db, OPS)).toBe('2024-03-10');
  });
});

describe('thresholds of a subscription’s own', () => {
  test('call nobody for tasks that had passed them before', async () => {
    await using bench = await setUp();
    await bench.settle();
    const { fleet } = bench.platform;
    for (const operationId of ['old', 'new'])
      fleet.addTask({ operationId, status: 'processing', tally: { total: 100, wait: 100 } });
    await bench.nextCycle();
    fleet.finishDevices('old', { success: 97, fail: 2 });
    await bench.nextCycle();
    await subscribe(bench, 'failing:1%');
    await bench.nextCycle();
    expect(await toldHere(bench)).toEqual([]);
    fleet.finishDevices('new', { success: 97, fail: 2 });
    await bench.nextCycle();
    expect(await toldHere(bench)).toEqual(['failing']);
  });

  test('are not marked as passed where another channel goes by the same ones', async () => {
    await using bench = await setUp();
    await bench.settle();
    bench.platform.fleet.addTask({ operationId: 'still', status: 'processing' });
    await bench.nextCycle();
    await subscribe(bench, 'stalled:3m', LAB);
    bench.clock.advance(3 * MINUTE);
    await subscribe(bench, 'stalled:3m');
    await bench.nextCycle();
    expect(await toldHere(bench, LAB)).toEqual(['stalled']);
  });
});

describe('taking back', () => {
  test('removes a new subscription, its hours and what it was to be told', async () => {
    await using bench = await setUp();
    await bench.settle();
    const saved = await subscribe(bench, 'on:all quiet:22:00-07:00');
    bench.platform.fleet.addTask({ status: 'processing' });
    await bench.nextCycle();
    await takeBack(bench.store.db, saved);
    expect(await linesOf(bench)).toEqual([]);
    expect((await readAllHours(bench.store.db)).has(OPS)).toBe(false);
    const states = (await notificationsOf(bench)).filter(({ channel }) => channel === OPS);
    expect(states.map(({ state }) => state)).toEqual(['withdrawn']);
    expect(await linesOf(bench, CHANNEL)).toHaveLength(1);
  });

  test('gives a changed subscription and changed hours back', async () => {
    await using bench = await setUp();
    await subscribe(bench, 'on:failed quiet:22:00-07:00 digest:09:00 zone:Asia/Tokyo');
    const day = await readDigestDay(bench.store.db, OPS);
    const before = (await readAllHours(bench.store.db)).get(OPS);
    await takeBack(bench.store.db, await subscribe(bench, 'on:all mention:@here quiet:off digest:10:00'));
    expect(await linesOf(bench)).toEqual(['on:failed']);
    expect((await readAllHours(bench.store.db)).get(OPS)).toEqual(before);
    expect(await readDigestDay(bench.store.db, OPS)).toBe(day);
  });
});

test('a closed channel is opened after a post, and only then', async () => {
  await using bench = await setUp();
  await subscribe(bench, 'on:failed');
  await suspendChannel(bench.store.db, OPS, { at: bench.clock.now(), reason: 'is_archived' });
  const saved = await subscribe(bench, 'on:all');
  expect(saved.proposal.suspended).toBe(true);
  expect(await readSuspendedChannels(bench.store.db)).toEqual(new Set([OPS]));
  expect(await resumeAfterPost(bench.store.db, saved)).toBe(true);
  expect(await readSuspendedChannels(bench.store.db)).toEqual(new Set());
  expect(await resumeAfterPost(bench.store.db, await subscribe(bench, 'on:all'))).toBe(false);
});

describe('what comes back from buttons and forms', () => {
  const wished = (line: string) => ({
    ...wishOf(line),
    mentions: [],
    thresholds: {},
    kinds: ['failed'] as const,
  });

  test('changes only subscriptions of its own channel', async () => {
    await using bench = await setUp();
    const { id } = await subscribe(bench, 'firmware', LAB);
    const waiting = { id, wished: wished('software'), hours: null };
    expect(await proposeWhole(bench.store.db, OPS, waiting)).toEqual({ kind: 'gone' });
    expect(await proposeWhole(bench.store.db, LAB, waiting)).toMatchObject({ kind: 'proposal' });
    await deleteSubscription(bench.store.db, LAB, id ?? '');
    expect(await proposeWhole(bench.store.db, LAB, waiting)).toEqual({ kind: 'gone' });
  });

  test('takes no filter that another subscription of the channel has', async () => {
    await using bench = await setUp();
    const { id } = await subscribe(bench, 'firmware');
    await subscribe(bench, 'software model:A');
    const waiting = { id, wished: wished('model:A software'), hours: null };
    expect(await proposeWhole(bench.store.db, OPS, waiting)).toMatchObject({ kind: 'taken' });
  });

  test('a form that leaves the hours as they are says nothing of them', async () => {
    await using bench = await setUp();
    const { id } = await subscribe(bench, 'firmware');
    const form = (line: string) =>
      proposeByForm(
        bench.store.db,
        OPS,
        id,
        wishOf(`${line} on:failed mention:off`),
        async () => 'Asia/Tokyo',
      );
    const hoursOf = async (line: string) => {
      const proposed = await form(line);
      return proposed.kind === 'proposal' ? proposed.proposal.hours : proposed.kind;
    };
    expect(await hoursOf('quiet:off digest:off')).toBeNull();
    expect(await hoursOf('quiet:off digest:09:00')).toMatchObject({ digestAt: 540, zone: 'Asia/Tokyo' });
    await subscribe(bench, 'digest:09:00 zone:UTC');
    expect(await hoursOf('quiet:off digest:09:00')).toBeNull();
    expect(await hoursOf('quiet:off digest:off')).toMatchObject({ digestAt: null, zone: 'UTC' });
  });
});

test('only what tells something else is asked about, however loud it is', async () => {
  await using bench = await setUp();
  await bench.settle();
  for (let n = 0; n < 101; n += 1) {
    bench.platform.fleet.addTask({ status: 'processing' });
    await bench.nextCycle();
  }
  const weighed = async (line: string) =>
    (await weigh({ ...bench.parts, turn: async () => undefined }, await propose(bench, line))).loud;
  expect(await weighed('on:created')).toBe(true);
  expect(await weighed('on:failed')).toBe(false);
  await subscribe(bench, 'on:created');
  expect(await weighed('on:created mention:@here')).toBe(false);
  expect(await weighed('on:created,started')).toBe(true);
  expect(await weighed('quiet:22:00-07:00')).toBe(false);
  expect(bench.clock.now()).toBeGreaterThan(100 * MINUTE);
});
