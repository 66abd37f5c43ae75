import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/engine/location.ts';
import {
  deleteMute,
  endMutes,
  readMutes,
  takeMutesOver,
  writeMute,
} from '../../../src/store/notification/mutes.ts';
import { writeOutbox } from '../../../src/store/notification/outbox.ts';
import { openTestStore } from '../open-test-store.ts';
import { message, notification } from '../outbox-samples.ts';
import { NOW } from '../samples.ts';

const HOUR = 3_600_000;

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const mute = (channel: string, operationId: string, until: number | null, at = NOW) =>
  writeMute(store.db, channel, operationId, { until, by: 'U1', at });
/** The mutes of these tasks, as `op-1 C1 until`. */
async function muted(...ids: readonly string[]): Promise<readonly string[]> {
  const mutes = await readMutes(store.db, ids);
  return [...mutes].flatMap(([id, channels]) =>
    [...channels].map(
      ([channel, { until }]) => `${id} ${channel} ${until === null ? 'its end' : until - NOW}`,
    ),
  );
}

describe('a mute', () => {
  test('is one channel’s and one task’s, and says by whom and since when', async () => {
    await mute('C1', 'op-1', NOW + HOUR);
    await mute('C2', 'op-1', null);
    await mute('C1', 'op-2', null);
    expect(await muted('op-1', 'op-2', 'op-3')).toEqual([
      ...[`op-1 C1 ${HOUR}`, 'op-1 C2 its end', 'op-2 C1 its end'],
    ]);
    expect((await readMutes(store.db, ['op-1'])).get('op-1')?.get('C1')).toEqual({
      ...{ until: NOW + HOUR, by: 'U1', at: NOW },
    });
  });

  test('takes the place of an earlier one', async () => {
    await mute('C1', 'op-1', null);
    await mute('C1', 'op-1', NOW + HOUR);
    expect(await muted('op-1')).toEqual([`op-1 C1 ${HOUR}`]);
  });

  test('until the task ends is ended by that, a mute for a while is not', async () => {
    await mute('C1', 'op-1', null);
    await mute('C2', 'op-1', NOW + HOUR);
    await mute('C1', 'op-2', null);
    await endMutes(store.db, ['op-1', 'op-3']);
    expect(await muted('op-1', 'op-2')).toEqual([`op-1 C2 ${HOUR}`, 'op-2 C1 its end']);
  });

  test('for a while is taken out at its moment, and told once', async () => {
    await mute('C1', 'op-1', NOW + HOUR);
    await mute('C1', 'op-2', null);
    expect(await takeMutesOver(store.db, NOW + HOUR - 1)).toEqual([]);
    expect(await takeMutesOver(store.db, NOW + HOUR)).toMatchObject([{ channel: 'C1', operationId: 'op-1' }]);
    expect(await takeMutesOver(store.db, NOW + HOUR)).toEqual([]);
    expect(await muted('op-1', 'op-2')).toEqual(['op-2 C1 its end']);
  });
});

describe('what a mute holds', () => {
  const hold = { place: 'reply', hold: { because: 'muted', until: NOW + HOUR } } as const;
  beforeEach(async () => {
    await mute('C1', 'op-1', NOW + HOUR);
    await writeOutbox(store.db, {
      ...{ messages: [message('m-1')], edits: [] },
      notifications: [
        notification('n-1', hold),
        notification('n-2', { place: 'reply', hold: { because: 'quiet' } }),
        notification('n-3', { ...hold, channel: 'C2' }),
      ],
      decisions: [
        {
          ...{ channel: 'C1', operationId: 'op-1', kind: 'failed', at: NOW, noticedAt: NOW },
          ...{ reason: 'muted', notificationId: 'n-1' },
        },
      ],
    });
  });
  const rows = async () =>
    (await store.db.selectFrom('notification').selectAll().orderBy('seq').execute()).map(
      ({ id, state, due_at }) => `${id} ${state} ${due_at - NOW}`,
    );

  test('is due as soon as somebody ends it, in that channel', async () => {
    await deleteMute(store.db, 'C1', 'op-1', NOW + 5);
    expect(await muted('op-1')).toEqual([]);
    expect(await rows()).toEqual(['n-1 held 5', 'n-2 held 0', `n-3 held ${HOUR}`]);
  });

  test('waits for a longer one that takes its place', async () => {
    await mute('C1', 'op-1', NOW + 8 * HOUR, NOW + 5);
    expect(await rows()).toEqual([`n-1 held ${8 * HOUR}`, 'n-2 held 0', `n-3 held ${HOUR}`]);
  });

  test('is not told where only the end of the task counts from now on', async () => {
    await mute('C1', 'op-1', null, NOW + 5);
    expect(await rows()).toEqual([`n-1 withdrawn ${HOUR}`, 'n-2 held 0', `n-3 held ${HOUR}`]);
    const decisions = await store.db.selectFrom('decision').select(['reason', 'notification_id']).execute();
    expect(decisions).toEqual([{ reason: 'muted', notification_id: null }]);
  });

  test('is due with the next release where the clock was set back since the mute was made', async () => {
    const now = NOW - 24 * HOUR;
    expect(await takeMutesOver(store.db, now)).toMatchObject([{ channel: 'C1', operationId: 'op-1' }]);
    expect(await muted('op-1')).toEqual([]);
    expect(await rows()).toEqual([`n-1 held ${-24 * HOUR}`, 'n-2 held 0', `n-3 held ${HOUR}`]);
  });

  test('is not touched by a mute that comes after it was over', async () => {
    await mute('C1', 'op-1', null, NOW + HOUR);
    expect(await rows()).toEqual([`n-1 held ${HOUR}`, 'n-2 held 0', `n-3 held ${HOUR}`]);
  });
});
