import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/engine/location.ts';
import { readMessage, writeOutbox } from '../../../src/store/notification/outbox.ts';
import { type Intent, type Receipt, recordSendings } from '../../../src/store/notification/sendings.ts';
import { withdrawNotifications } from '../../../src/store/subscription/subscriptions.ts';
import { openTestStore } from '../open-test-store.ts';
import { message, notification } from '../outbox-samples.ts';
import { NOW } from '../samples.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
  const channels = ['C1', 'C2', 'C3'];
  await writeOutbox(store.db, {
    messages: channels.map((channel) => message(`m-${channel}`, { channel })),
    notifications: channels.map((channel) =>
      notification(`n-${channel}`, { channel, messageId: `m-${channel}` }),
    ),
    ...{ edits: [], decisions: [] },
  });
});
afterEach(() => store.close());

const record = (...steps: readonly (Intent | Receipt)[]) => recordSendings(store.db, steps);
const rows = () => store.db.selectFrom('notification').selectAll().orderBy('seq').execute();
const three = async () => {
  const [one, two, other] = await rows();
  if (!one || !two || !other) throw new Error('three notices were written');
  return [one, two, other] as const;
};
const intent = (row: Intent['notification'], at = NOW): Intent => ({ step: 'intent', notification: row, at });
const receipt = (row: Receipt['notification'], ts: string, root: Receipt['root'] = null): Receipt => ({
  ...{ step: 'receipt', notification: row, ts, at: NOW + 5, loose: false, root },
});

test('sendings of several channels are recorded at once, each as it stands', async () => {
  const [one, two, other] = await three();
  expect(await record(intent(one))).toEqual([true]);
  const shown = { shown: 'print', version: 3 };
  expect(await record(receipt(one, '1.000100', shown), intent(two), intent(other))).toEqual([
    true,
    true,
    true,
  ]);
  expect(await rows()).toMatchObject([
    { state: 'sent', attempts: 1, attempted_at: NOW, sent_at: NOW + 5, ts: '1.000100' },
    { state: 'sending', attempts: 1, attempted_at: NOW },
    { state: 'sending', attempts: 1, attempted_at: NOW },
  ]);
  const root = { ts: '1.000100', edited_at: NOW + 5, shown: 'print', shown_version: 3 };
  expect(await readMessage(store.db, 'm-C1')).toMatchObject(root);
  expect(await readMessage(store.db, 'm-C2')).toMatchObject({ ts: null });
});

test('a root of which nobody knows what it shows is due for an edit', async () => {
  const [one] = await three();
  await record(intent(one));
  await record(receipt(one, '1.000100'));
  expect(await readMessage(store.db, 'm-C1')).toMatchObject({
    ts: '1.000100',
    shown: null,
    shown_version: -1,
  });
});

test('a notification that was withdrawn since it was read is not sent, and the others are', async () => {
  const [one, two] = await three();
  await withdrawNotifications(store.db, 'C1');
  expect(await record(intent(one), intent(two))).toEqual([false, true]);
  expect(await rows()).toMatchObject([{ state: 'withdrawn', attempts: 0 }, { state: 'sending' }, {}]);
});

test('what another process found in Slack meanwhile stays as it found it', async () => {
  const [one] = await three();
  await record(intent(one));
  await record(receipt(one, '1.000100', { shown: 'theirs', version: 0 }));
  expect(await record(receipt(one, '1.000200'))).toEqual([false]);
  expect((await rows())[0]).toMatchObject({ state: 'sent', ts: '1.000100' });
  expect(await readMessage(store.db, 'm-C1')).toMatchObject({ ts: '1.000100', shown: 'theirs' });
});

test('an intent that is recorded twice, because nobody knows whether it was, holds once', async () => {
  const [one] = await three();
  expect(await record(intent(one))).toEqual([true]);
  expect(await record(intent(one))).toEqual([false]);
  expect((await rows())[0]).toMatchObject({ state: 'sending', attempts: 1 });
});
