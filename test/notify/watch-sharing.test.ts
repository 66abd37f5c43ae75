import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ErrorCode } from '@slack/web-api';
import { pino } from 'pino';
import { createSharingWatch } from '../../src/notify/watch-sharing.ts';
import type { Store } from '../../src/store/engine/location.ts';
import { readSuspendedChannels } from '../../src/store/subscription/suspension.ts';
import { openTestStore } from '../store/open-test-store.ts';
import { subscribe } from '../store/subscription-samples.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
  await subscribe(store.db);
});
afterEach(() => store.close());

/** What Slack's client throws when it says no, and when nothing came back. */
const refusal = (error: string) => ({ code: ErrorCode.PlatformError, data: { error } });
const silence = { code: ErrorCode.RequestError };

/** A watch in a time of its own, and what Slack says of every channel: whether it is shared, or an error. */
function watching(answer: boolean | object) {
  const world = { now: 0, answer, asked: 0, told: [] as string[], woken: 0, logged: [] as string[] };
  const log = pino({ level: 'warn' }, { write: (line: string) => world.logged.push(line) });
  const watch = createSharingWatch({
    db: store.db,
    now: () => world.now,
    log,
    isShared: async () => {
      world.asked += 1;
      if (typeof world.answer === 'boolean') return world.answer;
      throw world.answer;
    },
    notifyMaker: async (channel) => {
      world.told.push(channel);
    },
    wake: () => {
      world.woken += 1;
    },
  });
  return { world, watch };
}

const closed = async () => [...(await readSuspendedChannels(store.db))];

test('looks at once after its clock was set back', async () => {
  const { world, watch } = watching(false);
  world.now = 24 * HOUR;
  await watch.look();
  world.now = 0;
  await watch.look();
  await watch.look();
  expect(world.asked).toBe(2);
});

test('looks once an hour, tells whoever subscribed once, and opens the channel when it is ours again', async () => {
  const { world, watch } = watching(true);
  await watch.look();
  await watch.look();
  expect(world).toMatchObject({ asked: 1, told: ['C1'] });
  expect(await closed()).toEqual(['C1']);
  world.now = HOUR;
  world.answer = false;
  await watch.look();
  expect(world).toMatchObject({ asked: 2, told: ['C1'], woken: 1 });
  expect(await closed()).toEqual([]);
});

test('asks again in a minute where Slack did not answer, and closes nothing meanwhile', async () => {
  const { world, watch } = watching(silence);
  await watch.look();
  world.now = MINUTE;
  world.answer = true;
  await watch.look();
  expect(world.asked).toBe(2);
  expect(await closed()).toEqual(['C1']);
});

test('says once why a channel cannot be looked at, and does not hurry to ask again', async () => {
  const { world, watch } = watching(refusal('missing_scope'));
  for (const at of [0, MINUTE, HOUR, 2 * HOUR]) {
    world.now = at;
    await watch.look();
  }
  expect(world.asked).toBe(3);
  expect(world.logged).toEqual([expect.stringContaining('missing_scope')]);
  expect(await closed()).toEqual([]);
});

test('believes Slack’s event where it cannot ask, and what it can ask otherwise', async () => {
  const { world, watch } = watching(refusal('missing_scope'));
  await watch.heard('C1', true);
  expect(await closed()).toEqual(['C1']);
  world.answer = true;
  await watch.heard('C1', false);
  expect(await closed()).toEqual(['C1']);
  world.answer = refusal('missing_scope');
  await watch.heard('C1', false);
  expect(await closed()).toEqual([]);
});

test('opens a channel as soon as its subscriptions allow it, without asking anybody', async () => {
  const { world, watch } = watching(true);
  await watch.look();
  await store.db.updateTable('subscription').set({ external: 1 }).execute();
  await watch.look();
  expect(world).toMatchObject({ asked: 1, woken: 1 });
  expect(await closed()).toEqual([]);
});

test('never asks about direct messages', async () => {
  await store.db.updateTable('subscription').set({ channel: 'D1' }).execute();
  const { world, watch } = watching(true);
  await watch.look();
  expect(world.asked).toBe(0);
});
