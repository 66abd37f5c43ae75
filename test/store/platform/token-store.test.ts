import { expect, test } from '@jest/globals';
import { createSoleLeases } from '../../../src/store/engine/lease-keeper.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { createStoredTokens } from '../../../src/store/platform/token-store.ts';
import { openTestStore } from '../open-test-store.ts';

const stored = ({ db }: Store, secret: string) =>
  createStoredTokens(db, secret, createSoleLeases().exclusively);

const TOKEN = {
  owner: 'app-example at https://platform.example',
  accessToken: 'at-example',
  obtainedAt: 1_000,
  expiresAt: 3_601_000,
  refused: false,
  earlyDeaths: [500],
};

test('a token is found again after a restart, and the store does not show it', async () => {
  const store = await openTestStore();
  expect(await stored(store, 'secret').load()).toBeNull();
  await stored(store, 'secret').save(TOKEN);
  expect(await stored(store, 'secret').load()).toEqual(TOKEN);
  const rows = JSON.stringify(await store.db.selectFrom('watch_state').selectAll().execute());
  expect(rows).toContain('platform-token');
  expect(rows).not.toContain('at-example');
  await store.close();
});

test('a token of another secret, or a damaged one, counts as none', async () => {
  const store = await openTestStore();
  await stored(store, 'secret').save(TOKEN);
  expect(await stored(store, 'another').load()).toBeNull();
  for (const value of ['', 'AAAA', Buffer.alloc(64).toString('base64')]) {
    await store.db.updateTable('watch_state').set({ value }).where('name', '=', 'platform-token').execute();
    expect(await stored(store, 'secret').load()).toBeNull();
  }
  await store.close();
});
