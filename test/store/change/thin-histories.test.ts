import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readSnapshots } from '../../../src/store/change/snapshots.ts';
import { countSnapshots, thinHistories } from '../../../src/store/change/thin-histories.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { openTestStore } from '../open-test-store.ts';
import { MINUTE, NOW } from '../samples.ts';
import { writeHistory } from '../snapshot-samples.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const minutes = async (id: string) =>
  (await readSnapshots(store.db, id)).map(({ at }) => (at - NOW) / MINUTE);

describe('long histories', () => {
  test('are cut down, each by itself, and those of other tasks are left alone', async () => {
    for (const id of ['a', 'b', 'other']) await writeHistory(store.db, id, 100);
    await thinHistories(store.db, ['a', 'b', 'unknown'], 40);
    for (const id of ['a', 'b']) {
      const left = await minutes(id);
      expect(left.length).toBeLessThanOrEqual(40);
      expect([left.at(0), left.at(-1)]).toEqual([0, 99]);
    }
    expect(await minutes('other')).toHaveLength(100);
    expect(await countSnapshots(store.db, ['a', 'other', 'unknown'])).toEqual(
      new Map([
        ['a', (await minutes('a')).length],
        ['other', 100],
      ]),
    );
  });

  test('keep how the task stood at every change, and at every alarm of one channel alone', async () => {
    await writeHistory(store.db, 'a', 200);
    const at = (minute: number) => NOW + minute * MINUTE + 1;
    const change = { id: 'c', operation_id: 'a', kind: 'failing', at: 0, noticed_at: at(17) };
    await store.db.insertInto('change').values(change).execute();
    const decision = { channel: 'C1', operation_id: 'a', kind: 'stalled', at: 0, noticed_at: at(61) };
    await store.db
      .insertInto('decision')
      .values({ ...decision, reason: 'first-notification', notification_id: null })
      .execute();
    await thinHistories(store.db, ['a'], 20);
    expect(await minutes('a')).toEqual(expect.arrayContaining([17, 61]));
  });

  test('are as long as ever where two processes thin them at once', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `op-${index}`);
    for (const id of ['alone', ...ids]) await writeHistory(store.db, id, 90);
    await thinHistories(store.db, ['alone'], 40);
    await Promise.all([thinHistories(store.db, ids, 40), thinHistories(store.db, ids, 40)]);
    const alone = await minutes('alone');
    for (const id of ids) expect(await minutes(id)).toEqual(alone);
  });

  test('that grew beyond all bounds are cut down from the beginning', async () => {
    await writeHistory(store.db, 'a', 12_000);
    const lengths: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      await thinHistories(store.db, ['a'], 40);
      lengths.push((await minutes('a')).length);
    }
    expect(lengths[0]).toBeLessThan(7_100);
    expect(lengths[2]).toBeLessThanOrEqual(40);
    expect((await minutes('a')).at(-1)).toBe(11_999);
  });
});
