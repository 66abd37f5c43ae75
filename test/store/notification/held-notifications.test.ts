import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { gatherNotifications } from '../../../src/core/notification/gather-notifications.ts';
import type {
  PlannedMessage,
  PlannedNotification,
} from '../../../src/core/notification/planned-notification.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { readDecisions } from '../../../src/store/notification/decisions.ts';
import * as held from '../../../src/store/notification/held-notifications.ts';
import { readRootNotification, readThreads, writeOutbox } from '../../../src/store/notification/outbox.ts';
import { openTestStore } from '../open-test-store.ts';
import { message, notification } from '../outbox-samples.ts';
import { NOW } from '../samples.ts';

const HOUR = 3_600_000;
const quiet = { hold: { because: 'quiet' } } as const;

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

/** Puts notifications into the outbox, with the decision that each of them tells. */
async function write(
  messages: readonly PlannedMessage[],
  ...notifications: readonly PlannedNotification[]
): Promise<void> {
  await writeOutbox(store.db, {
    ...{ messages, notifications, edits: [] },
    decisions: notifications.map(({ id, channel, operationId }) => ({
      ...{ channel, operationId: operationId ?? '', kind: 'failed', at: NOW, noticedAt: NOW },
      ...{ reason: 'quiet-hours', notificationId: id },
    })),
  });
}

async function release(cause: 'quiet' | 'suspended', now = NOW + HOUR): Promise<void> {
  const rows = await held.readKeptBack(store.db, 'C1');
  const gathered = gatherNotifications(rows.map(held.plannedNotificationOf), {
    channel: 'C1',
    cause,
    now,
    newId: randomUUID,
  });
  await held.releaseGathered(store.db, gathered, { held: cause, now });
}

const rows = () => store.db.selectFrom('notification').selectAll().orderBy('seq').execute();
const states = async () => (await rows()).map(({ kind, place, state }) => `${kind} ${place} ${state}`);
const tellerOf = async (operationId: string) =>
  (await readDecisions(store.db, 'C1', operationId, 9)).map(({ notification: told }) => told?.state);

const twoTasks = () =>
  write(
    [message('m-1'), message('m-2', { operationIds: ['op-2'] })],
    notification('n-1', quiet),
    notification('n-2', { ...quiet, operationId: 'op-2', messageId: 'm-2' }),
  );

describe('what is kept back', () => {
  test('is known by its channel, and by what holds it', async () => {
    await write([], notification('n-1', { ...quiet, place: 'note', messageId: null }));
    await write(
      [],
      notification('n-2', { channel: 'C2', messageId: null, hold: { because: 'muted', until: NOW + 1 } }),
    );
    await write([], notification('n-3', { channel: 'C3', messageId: null }));
    expect(new Set(await held.readHoldingChannels(store.db))).toEqual(new Set(['C1', 'C2']));
    expect(await held.readQuietHoldingChannels(store.db)).toEqual(['C1']);
    expect((await held.readKeptBack(store.db, 'C1')).map(({ id }) => id)).toEqual(['n-1']);
  });

  test('comes back to the core as it was planned', async () => {
    const planned = notification('n-1', { place: 'reply', broadcast: true, happenedAt: NOW - 5 });
    await write([message('m-1')], planned);
    const [row] = await rows();
    expect(row && held.plannedNotificationOf(row)).toEqual(planned);
  });
});

describe('what is released together', () => {
  test('belongs to the summary: its tasks, its decisions, and the one message there is', async () => {
    await twoTasks();
    await release('quiet');
    expect(await states()).toEqual([
      ...['failed root merged', 'failed root merged', 'summary root pending', 'summary-part reply pending'],
    ]);
    const messages = await store.db.selectFrom('message').selectAll().execute();
    expect(messages).toMatchObject([{ kind: 'summary', ts: null }]);
    const id = messages[0]?.id ?? '';
    const threads = await readThreads(store.db, ['op-1', 'op-2']);
    expect([...threads.values()].map((channels) => channels.get('C1'))).toEqual([id, id]);
    expect(await readRootNotification(store.db, id)).toMatchObject({ kind: 'summary' });
    expect(await tellerOf('op-1')).toEqual(['pending']);
    expect(await held.readHoldingChannels(store.db)).toEqual([]);
  });

  test('is in doubt when a part of it was, and nothing else is', async () => {
    await twoTasks();
    await store.db.updateTable('notification').set({ doubtful: 1 }).where('id', '=', 'n-2').execute();
    await write(
      [],
      notification('n-3', { ...quiet, place: 'reply', operationId: 'op-3', messageId: 'm-posted' }),
    );
    await release('quiet');
    const doubtful = (await rows())
      .filter((row) => row.doubtful === 1)
      .map(({ id, kind }) => `${id} ${kind}`);
    const summary = (await rows()).find(({ kind }) => kind === 'summary')?.id;
    expect(doubtful).toEqual(['n-2 failed', `${summary} summary`]);
  });

  test('and kept back again leaves one summary, however often, which still tells every decision', async () => {
    await twoTasks();
    for (let time = 1; time <= 4; time += 1) {
      await release('suspended', NOW + time * HOUR);
      await store.db
        .updateTable('notification')
        .set({ state: 'suspended' })
        .where('state', '=', 'pending')
        .execute();
    }
    expect(await states()).toEqual([
      ...[
        'failed root merged',
        'failed root merged',
        'summary root suspended',
        'summary-part reply suspended',
      ],
    ]);
    expect(await store.db.selectFrom('message').selectAll().execute()).toHaveLength(1);
    expect([await tellerOf('op-1'), await tellerOf('op-2')]).toEqual([['suspended'], ['suspended']]);
    // It is no younger than what it tells: its seven days go on.
    expect((await rows()).map(({ noticed_at }) => noticed_at)).toEqual([NOW, NOW, NOW, NOW]);
  });

  test('takes along what a mute holds on of one of its tasks', async () => {
    await twoTasks();
    const muted = { hold: { because: 'muted', until: NOW + 9 * HOUR }, place: 'reply' } as const;
    await write([], notification('n-3', muted));
    const kept = (await held.readKeptBack(store.db, 'C1')).filter(({ id }) => id !== 'n-3');
    const gathered = gatherNotifications(kept.map(held.plannedNotificationOf), {
      ...{ channel: 'C1', cause: 'quiet', now: NOW, newId: randomUUID },
    });
    await held.releaseGathered(store.db, gathered, { held: 'quiet', now: NOW });
    const row = (await rows()).find(({ id }) => id === 'n-3');
    expect(row).toMatchObject({ state: 'held', message_id: gathered.message?.id });
  });

  test('says what held it back and is due at once', async () => {
    await write([message('m-1')], notification('n-1', quiet));
    await release('quiet');
    expect(await rows()).toMatchObject([{ state: 'pending', held: 'quiet', due_at: NOW + HOUR }]);
  });
});

describe('what goes on being held', () => {
  test('by quiet hours is what a mute held so far; what a closed channel keeps stays kept', async () => {
    await write(
      [],
      notification('n-1', { place: 'reply', hold: { because: 'muted', until: NOW } }),
      notification('n-2', { place: 'reply' }),
    );
    await store.db.updateTable('notification').set({ state: 'suspended' }).where('id', '=', 'n-2').execute();
    await held.holdByQuiet(store.db, await held.readKeptBack(store.db, 'C1'));
    expect((await rows()).map(({ state, held: by }) => [state, by])).toEqual([
      ['held', 'quiet'],
      ['suspended', null],
    ]);
  });

  test('by a mute is no longer kept for a channel that is open again', async () => {
    await write([], notification('n-1', { place: 'reply', hold: { because: 'muted', until: NOW + HOUR } }));
    await store.db.updateTable('notification').set({ state: 'suspended' }).execute();
    await held.holdByMute(store.db, await held.readKeptBack(store.db, 'C1'));
    expect(await rows()).toMatchObject([{ state: 'held', held: 'muted', due_at: NOW + HOUR }]);
  });
});
