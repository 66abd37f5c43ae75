import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/engine/location.ts';
import { openSqlite } from '../../../src/store/engine/open-sqlite.ts';
import { endBlindNotifications } from '../../../src/store/notification/blind-notifications.ts';
import { readNextNotification } from '../../../src/store/notification/next-notification.ts';
import { contentOf } from '../../../src/store/notification/notification-content.ts';
import { readNextEdit, readRootNotification, writeOutbox } from '../../../src/store/notification/outbox.ts';
import { readBlindness, writeBlindness } from '../../../src/store/platform/watch-state.ts';
import { temporaryFolder } from '../folder.ts';
import { openTestStore } from '../open-test-store.ts';
import { message, notification } from '../outbox-samples.ts';
import { NOW } from '../samples.ts';
import { markSent } from '../sending.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const BLIND = { since: NOW - 60_000, cycles: 3, messageIds: ['m-1', 'm-2'] };

test('blindness is remembered until it is over, over a restart as well', async () => {
  using folder = temporaryFolder();
  const path = folder.in('upgrades.db');
  const before = await openSqlite(path);
  expect(await readBlindness(before.db)).toBeNull();
  await writeBlindness(before.db, { ...BLIND, cycles: 2 });
  await writeBlindness(before.db, BLIND);
  await before.close();
  const after = await openSqlite(path);
  expect(await readBlindness(after.db)).toEqual(BLIND);
  await writeBlindness(after.db, null);
  await writeBlindness(after.db, null);
  expect(await readBlindness(after.db)).toBeNull();
  await after.close();
});

test('messages that tell it say when it was over, whether they were posted or not; others stay as they are', async () => {
  const blind = { operationId: null, messageId: 'm-1' } as const;
  const content = {
    kind: 'blind',
    since: NOW,
    until: null,
    trouble: { message: 'Away.', advice: 'Wait.' },
  } as const;
  await writeOutbox(store.db, {
    messages: ['m-1', 'm-2', 'm-3'].map((id) => message(id, { kind: 'blind', operationIds: [] })),
    notifications: [
      notification('n-1', { ...blind, content }),
      notification('n-2', { ...blind, messageId: 'm-2', content }),
      notification('n-3', { messageId: 'm-3' }),
    ],
    ...{ edits: [], decisions: [] },
  });
  const first = await readNextNotification(store.db, 'C1');
  if (first)
    await markSent(store.db, first, { ts: '1.000100', at: NOW, root: { shown: 'blind', version: 0 } });
  await endBlindNotifications(store.db, ['m-1', 'm-2', 'm-3', 'm-gone'], NOW + 9);
  const contents = await Promise.all(
    ['m-1', 'm-2', 'm-3'].map(async (id) => {
      const root = await readRootNotification(store.db, id);
      return root && contentOf(root);
    }),
  );
  expect(contents).toMatchObject([{ until: NOW + 9 }, { until: NOW + 9 }, { kind: 'change' }]);
  expect(await readNextEdit(store.db, 'C1')).toMatchObject({ id: 'm-1' });
});
