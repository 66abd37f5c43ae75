import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseTerms } from '../../src/core/filter/parse-terms.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { readSuspendedChannels, resumeChannel, suspendChannel } from '../../src/store/outbox.ts';
import { readMakers, readSubscriptions, saveSubscription } from '../../src/store/subscriptions.ts';
import { NOW } from './samples.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore(':memory:');
});
afterEach(() => store.close());

const subscribe = (id: string, channel: string, filter = '', createdBy: string | null = 'U1') =>
  saveSubscription(store.db, {
    id,
    channel,
    terms: parseTerms(filter).terms,
    kinds: ['failed', 'stalled'],
    createdBy,
    createdAt: NOW,
  });

describe('a subscription', () => {
  test('comes back with its filter as it was meant and its kinds', async () => {
    const { terms, problems } = parseTerms('failed -model:"WM 20",WM21 fail>5% since:2d');
    expect(problems).toEqual([]);
    await saveSubscription(store.db, {
      ...{ id: 's1', channel: 'C1', terms, kinds: ['failing', 'vanished'] },
      ...{ createdBy: 'U1', createdAt: NOW },
    });
    expect(await readSubscriptions(store.db)).toEqual([
      { id: 's1', channel: 'C1', terms, kinds: ['failing', 'vanished'] },
    ]);
  });

  test('with the same channel and filter takes the place of the old one, another filter stands beside it', async () => {
    await subscribe('s1', 'C1', 'firmware');
    await saveSubscription(store.db, {
      ...{ id: 's2', channel: 'C1', terms: parseTerms('fw').terms, kinds: ['created'] },
      ...{ createdBy: 'U2', createdAt: NOW },
    });
    await subscribe('s3', 'C1', 'software');
    const read = await readSubscriptions(store.db);
    expect(read.map(({ id, kinds }) => [id, kinds])).toEqual([
      ['s1', ['created']],
      ['s3', ['failed', 'stalled']],
    ]);
  });

  test('has its makers told once each, and the one of the first start has none', async () => {
    await subscribe('s1', 'C1', 'failed', 'U1');
    await subscribe('s2', 'C1', 'firmware', 'U1');
    await subscribe('s3', 'C1', 'software', null);
    await subscribe('s4', 'C2', '', 'U2');
    expect(await readMakers(store.db, 'C1')).toEqual(['U1']);
  });
});

describe('a suspended channel', () => {
  test('is known as such, still read with the others, and taken up again as a whole', async () => {
    await subscribe('s1', 'C1', 'firmware');
    await subscribe('s2', 'C1', 'software');
    await subscribe('s3', 'C2');
    await suspendChannel(store.db, 'C1', { at: NOW, reason: 'is_archived' });
    expect(await readSuspendedChannels(store.db)).toEqual(new Set(['C1']));
    expect(await readSubscriptions(store.db)).toHaveLength(3);
    await resumeChannel(store.db, 'C1', NOW);
    expect(await readSuspendedChannels(store.db)).toEqual(new Set());
  });
});
