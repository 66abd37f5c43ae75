import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { EXTERNALLY_SHARED } from '../../../src/core/access/channel-sharing.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { readNextNotification } from '../../../src/store/notification/next-notification.ts';
import * as outbox from '../../../src/store/notification/outbox.ts';
import * as sharing from '../../../src/store/subscription/sharing.ts';
import { readSubscriptions } from '../../../src/store/subscription/subscriptions.ts';
import { readClosedChannels, suspendChannel } from '../../../src/store/subscription/suspension.ts';
import { openTestStore } from '../open-test-store.ts';
import { message, notification } from '../outbox-samples.ts';
import { NOW } from '../samples.ts';
import { markSending, markSent } from '../sending.ts';
import { subscribe } from '../subscription-samples.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const settle = (shared: boolean) => sharing.settleSharing(store.db, 'C1', shared, NOW);
const reasons = async () =>
  (await readSubscriptions(store.db)).map(({ id, suspendedReason }) => `${id} ${suspendedReason}`);

test('a channel that others read is closed, its edits as well, and opened when they no longer do', async () => {
  await subscribe(store.db);
  await outbox.writeOutbox(store.db, {
    ...{ messages: [message('m-1')], notifications: [notification('n-1')], edits: [], decisions: [] },
  });
  const first = await readNextNotification(store.db, 'C1');
  if (!first) throw new Error('nothing is waiting');
  await markSending(store.db, first, NOW);
  await markSent(store.db, first, { ts: '1.1', at: NOW, root: { shown: 'x', version: 0 } });
  await outbox.wantEdits(store.db, ['m-1']);
  expect(await outbox.readNextEdit(store.db, 'C1')).toMatchObject({ id: 'm-1' });

  expect(await settle(true)).toBe('close');
  expect(await outbox.readNextEdit(store.db, 'C1')).toBeUndefined();
  expect(await outbox.readBusyChannels(store.db)).toEqual([]);
  expect(await readClosedChannels(store.db, EXTERNALLY_SHARED)).toEqual(['C1']);
  expect(await settle(true)).toBe('stay');

  expect(await settle(false)).toBe('open');
  expect(await outbox.readNextEdit(store.db, 'C1')).toMatchObject({ id: 'm-1' });
  expect(await readClosedChannels(store.db, EXTERNALLY_SHARED)).toEqual([]);
});

test('what was under way when it was closed may be there: it is told again as possibly repeated', async () => {
  await subscribe(store.db);
  await outbox.writeOutbox(store.db, {
    ...{
      messages: [message('m-1')],
      notifications: [notification('n-1'), notification('n-2')],
      edits: [],
      decisions: [],
    },
  });
  const first = await readNextNotification(store.db, 'C1');
  if (!first) throw new Error('nothing is waiting');
  await markSending(store.db, first, NOW);
  await settle(true);
  const rows = await store.db
    .selectFrom('notification')
    .select(['id', 'state', 'doubtful'])
    .orderBy('seq')
    .execute();
  expect(rows).toEqual([
    { id: 'n-1', state: 'suspended', doubtful: 1 },
    { id: 'n-2', state: 'suspended', doubtful: 0 },
  ]);
});

test('no other reason takes its place, and nothing else opens it', async () => {
  await subscribe(store.db);
  await settle(true);
  await subscribe(store.db, { id: 's2', filter: 'firmware', external: true });
  await suspendChannel(store.db, 'C1', { at: NOW, reason: 'is_archived' });
  expect(await reasons()).toEqual([`s1 ${EXTERNALLY_SHARED}`, 's2 is_archived']);
  expect(await sharing.resumeUnlessShared(store.db, 'C1')).toBe(false);
  expect(await readClosedChannels(store.db, EXTERNALLY_SHARED)).toEqual(['C1']);
});

test('a channel closed by Slack is taken up as ever', async () => {
  await subscribe(store.db);
  await suspendChannel(store.db, 'C1', { at: NOW, reason: 'is_archived' });
  expect(await sharing.resumeUnlessShared(store.db, 'C1')).toBe(true);
  expect(await reasons()).toEqual(['s1 null']);
  expect(await sharing.readNotifiedChannels(store.db)).toEqual(['C1']);
});

test('threads that outlived their subscription end where others read along', async () => {
  await outbox.writeOutbox(store.db, {
    ...{ messages: [message('m-1')], notifications: [notification('n-1')], edits: [], decisions: [] },
  });
  const first = await readNextNotification(store.db, 'C1');
  if (!first) throw new Error('nothing is waiting');
  await markSending(store.db, first, NOW);
  await markSent(store.db, first, { ts: '1.1', at: NOW, root: { shown: 'x', version: 0 } });
  await outbox.wantEdits(store.db, ['m-1']);
  expect(await sharing.readNotifiedChannels(store.db)).toEqual(['C1']);
  expect(await settle(true)).toBe('stay');
  expect(await sharing.readNotifiedChannels(store.db)).toEqual([]);
  expect(await outbox.readBusyChannels(store.db)).toEqual([]);
});
