import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { PlannedNotification } from '../../../src/core/notification/planned-notification.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import type { NotificationRow } from '../../../src/store/engine/outbox-schema.ts';
import { readNextNotification } from '../../../src/store/notification/next-notification.ts';
import { markPending, readLastPost, writeOutbox } from '../../../src/store/notification/outbox.ts';
import fc, { plays } from '../../properties.ts';
import { openTestStore } from '../open-test-store.ts';
import { notification } from '../outbox-samples.ts';
import { NOW } from '../samples.ts';
import { markSending, markSent } from '../sending.ts';
import { onPostgres } from '../test-database.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const write = (...notifications: readonly PlannedNotification[]) =>
  writeOutbox(store.db, { messages: [], notifications, edits: [], decisions: [] });
const next = () => readNextNotification(store.db, 'C1');

async function send(row: NotificationRow, at = NOW): Promise<void> {
  await markSending(store.db, row, at);
  await markSent(store.db, row, { ts: `1.${row.seq}`, at, root: null });
}

/** Sends everything, and tells in which order. */
async function sendAll(): Promise<readonly string[]> {
  const order: string[] = [];
  for (let row = await next(); row !== undefined; row = await next()) {
    order.push(row.id);
    await send(row);
  }
  return order;
}

const reply = (id: string, messageId: string, broadcast = false) =>
  notification(id, { place: 'reply', messageId, broadcast });

const replyOf = (id: string, operationId: string | null) =>
  notification(id, { place: 'reply', messageId: 'm-1', operationId });
const ALL: readonly string[] = ['op-1', 'op-2', 'part', 'other'];

describe('what goes next in a channel', () => {
  test('is a new message or a reply that all see, however many replies of threads wait', async () => {
    await write(reply('a', 'm-1'), reply('b', 'm-2'), notification('root', { messageId: 'm-3' }));
    await write(reply('loud', 'm-4', true), notification('note', { place: 'note', messageId: null }));
    expect(await sendAll()).toEqual(['root', 'loud', 'note', 'a', 'b']);
  });

  test('takes along what stands before it in its own thread', async () => {
    await write(reply('a', 'm-1'), reply('b', 'm-2'), reply('c', 'm-1'), reply('loud', 'm-1', true));
    await write(reply('d', 'm-1'));
    expect(await sendAll()).toEqual(['a', 'c', 'loud', 'b', 'd']);
  });

  test('is what was begun, once it is certain that it was not sent', async () => {
    await write(reply('a', 'm-1'));
    const begun = await next();
    if (!begun) throw new Error('nothing waits');
    await markSending(store.db, begun, NOW);
    await write(notification('root', { messageId: 'm-3' }));
    expect(await next()).toMatchObject({ id: 'root' });
    await markPending(store.db, { ...begun, attempts: 1 }, { now: NOW, wait: 30_000, doubtful: false });
    expect(await next()).toMatchObject({ id: 'a', state: 'pending', due_at: NOW + 30_000 });
    expect(await sendAll()).toEqual(['a', 'root']);
  });

  test.each([
    ['the root of a thread holds up the thread', notification('d', { messageId: 'm-1' }), ['other']],
    [
      'a reply about one task holds up what comes after it about that task',
      replyOf('d', 'op-1'),
      ['op-2', 'part', 'other'],
    ],
    ['a part of a summary holds up its other parts', replyOf('d', null), ['op-1', 'op-2', 'other']],
    ['what has no thread holds up nothing', notification('d', { place: 'note', messageId: null }), ALL],
  ])('does not wait for a doubt: %s', async (_case, doubtful, passing) => {
    await write(doubtful, replyOf('op-1', 'op-1'), replyOf('op-2', 'op-2'), replyOf('part', null));
    await write(reply('other', 'm-2'));
    const [doubt] = await store.db.selectFrom('notification').selectAll().where('id', '=', 'd').execute();
    if (!doubt) throw new Error('it was written');
    await markSending(store.db, doubt, NOW);
    expect(await sendAll()).toEqual(passing);
    await markSent(store.db, doubt, { ts: '1.9', at: NOW, root: null });
    expect([...passing, ...(await sendAll())].toSorted()).toEqual(ALL.toSorted());
  });

  test('leaves the moment of the last post to be read, whoever overtook whom', async () => {
    await write(reply('a', 'm-1'), notification('root', { messageId: 'm-3' }));
    for (const at of [NOW + 1, NOW + 2]) {
      const row = await next();
      if (row) await send(row, at);
    }
    expect(await readLastPost(store.db, 'C1')).toBe(NOW + 2);
  });
});

interface Waiting {
  readonly id: string;
  readonly thread: string;
  readonly loud: boolean;
}

/** The rule again, as people would say it. */
function inTurn(waiting: readonly Waiting[]): readonly string[] {
  const first = waiting.find(({ loud }) => loud) ?? waiting[0];
  if (first === undefined) return [];
  const chosen = waiting.find(({ thread }) => thread === first.thread) ?? first;
  return [chosen.id, ...inTurn(waiting.filter((one) => one !== chosen))];
}

test('whatever waits, threads keep their order and nothing quiet goes before something loud without need', async () => {
  const piece = fc.record({ thread: fc.integer({ min: 0, max: 5 }), loud: fc.boolean() });
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (pieces) => {
      runs += 1;
      const rooted = new Set<number>();
      const waiting = pieces.map(({ thread, loud }, index) => {
        // Half of the threads have their message in the channel already; the others begin with it.
        const isRoot = thread % 2 === 0 && !rooted.has(thread);
        rooted.add(thread);
        const messageId = `m-${runs}-${thread}`;
        const planned = isRoot ? notification('', { messageId }) : reply('', messageId, loud);
        return { planned: { ...planned, id: `${runs}-${index}` }, thread: messageId, loud: loud || isRoot };
      });
      await write(...waiting.map(({ planned }) => planned));
      const expected = inTurn(waiting.map(({ planned: { id }, ...rest }) => ({ id, ...rest })));
      expect(await sendAll()).toEqual(expected);
    }),
    { numRuns: onPostgres() ? 20 : plays(50) },
  );
});
