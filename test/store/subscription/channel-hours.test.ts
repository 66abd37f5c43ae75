import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ChannelHours, NO_HOURS } from '../../../src/core/subscription/subscription.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import * as hours from '../../../src/store/subscription/channel-hours.ts';
import { openTestStore } from '../open-test-store.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const NIGHT: ChannelHours = {
  quiet: { from: 22 * 60, until: 7 * 60 },
  digestAt: 9 * 60,
  zone: 'Europe/Berlin',
};

describe('the hours of a channel', () => {
  test('are none before somebody wishes some', async () => {
    expect(await hours.readHours(store.db, 'C1')).toEqual(NO_HOURS);
    expect(await hours.readHoursSet(store.db, 'C1')).toBeNull();
    expect(await hours.readDigestDay(store.db, 'C1')).toBeNull();
    expect(await hours.readAllHours(store.db)).toEqual(new Map());
  });

  test('come back as they were meant, midnight and all', async () => {
    await hours.writeHours(store.db, 'C1', NIGHT, '2026-11-22');
    const fromMidnight = { quiet: { from: 0, until: 6 * 60 }, digestAt: 0, zone: 'UTC' };
    await hours.writeHours(store.db, 'C2', fromMidnight, null);
    expect(await hours.readAllHours(store.db)).toEqual(
      new Map([
        ['C1', NIGHT],
        ['C2', fromMidnight],
      ]),
    );
    expect(await hours.readHours(store.db, 'C2')).toEqual(fromMidnight);
    expect(await hours.readHoursSet(store.db, 'C1')).toEqual(NIGHT);
  });

  test('are replaced as a whole', async () => {
    await hours.writeHours(store.db, 'C1', NIGHT, '2026-11-22');
    await hours.writeHours(store.db, 'C1', { ...NIGHT, quiet: null, digestAt: null }, null);
    expect(await hours.readHours(store.db, 'C1')).toEqual({
      quiet: null,
      digestAt: null,
      zone: 'Europe/Berlin',
    });
    expect(await hours.readDigestDay(store.db, 'C1')).toBeNull();
  });

  test('are forgotten on request', async () => {
    await hours.writeHours(store.db, 'C1', NIGHT, null);
    expect(await hours.deleteHours(store.db, 'C1')).toBe(true);
    expect(await hours.deleteHours(store.db, 'C1')).toBe(false);
    expect(await hours.readHours(store.db, 'C1')).toEqual(NO_HOURS);
  });
});

test('the day whose digest was told is one channel’s own', async () => {
  await hours.writeHours(store.db, 'C1', NIGHT, null);
  await hours.writeHours(store.db, 'C2', NIGHT, '2026-11-20');
  await hours.writeDigestDay(store.db, 'C1', '2026-11-22');
  expect(await hours.readDigestDay(store.db, 'C1')).toBe('2026-11-22');
  expect(await hours.readDigestDay(store.db, 'C2')).toBe('2026-11-20');
  await hours.writeDigestDay(store.db, 'C3', '2026-11-22');
  expect(await hours.readDigestDay(store.db, 'C3')).toBeNull();
});
