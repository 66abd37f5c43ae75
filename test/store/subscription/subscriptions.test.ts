import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseTerms } from '../../../src/core/filter/parse-terms.ts';
import {
  DEFAULT_KINDS,
  type Mention,
  type Subscription,
} from '../../../src/core/subscription/subscription.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import * as subscriptions from '../../../src/store/subscription/subscriptions.ts';
import {
  readSuspendedChannels,
  resumeChannel,
  suspendChannel,
} from '../../../src/store/subscription/suspension.ts';
import { openTestStore } from '../open-test-store.ts';
import { NOW } from '../samples.ts';
import { subscribe } from '../subscription-samples.ts';

const { readSubscriptions, readSubscriptionsOf, saveSubscription } = subscriptions;

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const ids = async () => (await readSubscriptions(store.db)).map(({ id }) => id);

describe('a subscription', () => {
  test('comes back as it was meant: filter, kinds, whom it calls and its thresholds', async () => {
    const { terms, problems } = parseTerms('failed -model:"WM 20",WM21 fail>5% since:2d');
    expect(problems).toEqual([]);
    const mentions: readonly Mention[] = [
      { kind: 'group', id: 'S1' },
      { kind: 'person', id: 'U1' },
      { kind: 'here' },
    ];
    const wish: Subscription = {
      ...{ id: 's1', channel: 'C1', terms, kinds: ['failing', 'vanished'], mentions },
      ...{ thresholds: { failingPercent: 2.5, stalledAfter: 60_000 } },
    };
    await saveSubscription(store.db, { ...wish, createdBy: 'U1', createdAt: NOW });
    expect(await readSubscriptions(store.db)).toEqual([
      { ...wish, createdBy: 'U1', createdAt: NOW, suspendedReason: null },
    ]);
  });

  test('with the same channel and filter takes the place of the old one, another filter stands beside it', async () => {
    await subscribe(store.db, { filter: 'firmware', mentions: [{ kind: 'here' }] });
    await subscribe(store.db, {
      ...{ id: 's2', filter: 'fw', kinds: ['created'], createdBy: 'U2', thresholds: { stalledAfter: 1 } },
    });
    await subscribe(store.db, { id: 's3', filter: 'software' });
    expect(await readSubscriptions(store.db)).toMatchObject([
      { id: 's1', kinds: ['created'], mentions: [], thresholds: { stalledAfter: 1 }, createdBy: 'U1' },
      { id: 's3', kinds: ['failed', 'stalled'] },
    ]);
  });

  test('is changed in place, and only in its own channel', async () => {
    await subscribe(store.db, { filter: 'firmware' });
    const wish = { terms: parseTerms('sw').terms, kinds: ['failed'], mentions: [], thresholds: {} } as const;
    expect(await subscriptions.changeSubscription(store.db, 'C2', 's1', wish)).toBe(false);
    expect(await subscriptions.changeSubscription(store.db, 'C1', 's1', wish)).toBe(true);
    expect(await readSubscriptions(store.db)).toMatchObject([{ id: 's1', ...wish, createdBy: 'U1' }]);
  });

  test('is removed in its own channel only, and once', async () => {
    await subscribe(store.db);
    expect(await subscriptions.deleteSubscription(store.db, 'C2', 's1')).toBe(false);
    expect(await subscriptions.deleteSubscription(store.db, 'C1', 's1')).toBe(true);
    expect(await subscriptions.deleteSubscription(store.db, 'C1', 's1')).toBe(false);
    expect(await ids()).toEqual([]);
  });

  test('of one channel is read without those of others', async () => {
    await subscribe(store.db);
    await subscribe(store.db, { id: 's2', channel: 'C2' });
    expect((await readSubscriptionsOf(store.db, 'C2')).map(({ id }) => id)).toEqual(['s2']);
  });

  test('names its channel once, however many the channel has', async () => {
    await subscribe(store.db);
    await subscribe(store.db, { id: 's2', filter: 'firmware' });
    await subscribe(store.db, { id: 's3', channel: 'C2' });
    expect([...(await subscriptions.readSubscribedChannels(store.db))].sort()).toEqual(['C1', 'C2']);
  });

  test('of the settings is made at the first start that names its channel, and people may remove it', async () => {
    const start = (id: string) => subscriptions.subscribeOnce(store.db, 'C1', { id, now: NOW });
    await start('s1');
    await start('s2');
    expect(await readSubscriptions(store.db)).toMatchObject([
      { id: 's1', kinds: DEFAULT_KINDS, createdBy: null },
    ]);
    await subscriptions.deleteSubscription(store.db, 'C1', 's1');
    await start('s3');
    expect(await ids()).toEqual([]);
  });
});

describe('a suspended channel', () => {
  test('is known as such, still read with the others, and taken up again as a whole', async () => {
    await subscribe(store.db, { filter: 'firmware' });
    await subscribe(store.db, { id: 's2', filter: 'software' });
    await subscribe(store.db, { id: 's3', channel: 'C2' });
    await suspendChannel(store.db, 'C1', { at: NOW, reason: 'is_archived' });
    expect(await readSuspendedChannels(store.db)).toEqual(new Set(['C1']));
    expect((await readSubscriptions(store.db)).map(({ suspendedReason }) => suspendedReason)).toEqual([
      'is_archived',
      'is_archived',
      null,
    ]);
    expect(await subscriptions.isSuspendedFor(store.db, 'C1', 1_000, NOW + 1_000)).toBe(true);
    expect(await subscriptions.isSuspendedFor(store.db, 'C1', 1_000, NOW + 999)).toBe(false);
    expect(await subscriptions.isSuspendedFor(store.db, 'C2', 1_000, NOW + 1_000)).toBe(false);
    // Nobody can say for how long after the clock was set back: it is tried.
    expect(await subscriptions.isSuspendedFor(store.db, 'C1', 1_000, NOW - 3_600_000)).toBe(true);
    await resumeChannel(store.db, 'C1');
    expect(await readSuspendedChannels(store.db)).toEqual(new Set());
  });
});
