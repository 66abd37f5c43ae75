import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createChannelOwners } from '../../../src/slack/workspaces/channel-owners.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { deleteSubscription, saveSubscription } from '../../../src/store/subscription/subscriptions.ts';
import { openTestStore } from '../../store/open-test-store.ts';

const ACME = { id: 'T1', teams: new Set(['T1']), organisation: null };
const VENDOR = { id: 'T2', teams: new Set(['T2']), organisation: null };
let store: Store;
let served: Set<string>;
beforeEach(async () => {
  store = await openTestStore();
  served = new Set(['T1', 'T2']);
});
afterEach(() => store.close());

const owners = (byDefault: string | null = null) =>
  createChannelOwners(
    store.db,
    () => byDefault,
    async (id) => served.has(id),
  );
const subscribed = (channel: string) =>
  saveSubscription(store.db, {
    ...{ id: `of-${channel}`, channel, terms: [], kinds: ['failed'], mentions: [], thresholds: {} },
    ...{ createdBy: null, createdAt: 0 },
  });

describe('a channel', () => {
  test('belongs to nobody, or to the workspace of the settings, until one subscribes there', async () => {
    expect(await owners().of('C1')).toBeNull();
    expect(await owners('T1').of('C1')).toBe('T1');
    expect(await owners('T1').claim('C1', VENDOR)).toBe(true);
    expect(await owners('T1').of('C1')).toBe('T2');
  });

  test('stays whose it is while that one is told there', async () => {
    await owners().claim('C1', ACME);
    await subscribed('C1');
    expect(await owners().claim('C1', VENDOR)).toBe(false);
    expect(await owners().isOwn('C1', VENDOR)).toBe(false);
    expect(await owners().isOwn('C1', ACME)).toBe(true);
    expect(await owners().claim('C1', ACME)).toBe(true);
  });

  test('is free again once nothing is told there, or its workspace removed the app', async () => {
    await owners().claim('C1', ACME);
    await subscribed('C1');
    served.delete('T1');
    expect(await owners().claim('C1', VENDOR)).toBe(true);
    await deleteSubscription(store.db, 'C1', 'of-C1');
    expect(await owners().isOwn('C1', ACME)).toBe(true);
    expect(await owners().claim('C1', ACME)).toBe(true);
  });

  test('is learned where nobody knew it, and not taken from anybody', async () => {
    await owners().learn('C1', VENDOR);
    await owners().learn('C1', ACME);
    expect(await owners().of('C1')).toBe('T2');
  });
});
