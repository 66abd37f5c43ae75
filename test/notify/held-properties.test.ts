import { expect, test } from '@jest/globals';
import { CHANGE_KINDS } from '../../src/core/change/changes.ts';
import { isQuiet } from '../../src/core/notification/quiet-hours.ts';
import { NO_HOURS } from '../../src/core/subscription/subscription.ts';
import type { Task } from '../../src/core/task/task.ts';
import { holdForQuiet, releaseHeld } from '../../src/notify/release-held.ts';
import type { Store } from '../../src/store/engine/location.ts';
import type { NotificationRow } from '../../src/store/engine/outbox-schema.ts';
import { readKeptBack } from '../../src/store/notification/held-notifications.ts';
import { deleteMute, writeMute } from '../../src/store/notification/mutes.ts';
import { readNextNotification } from '../../src/store/notification/next-notification.ts';
import { contentOf } from '../../src/store/notification/notification-content.ts';
import * as outbox from '../../src/store/notification/outbox.ts';
import { readWatchState } from '../../src/store/platform/watch-state.ts';
import { readAllHours, writeHours } from '../../src/store/subscription/channel-hours.ts';
import { readSubscriptionsOf, withdrawNotifications } from '../../src/store/subscription/subscriptions.ts';
import {
  expireSuspended,
  refuseNotification,
  resumeChannel,
  suspendChannel,
} from '../../src/store/subscription/suspension.ts';
import { recordSnapshots } from '../../src/watch/record-snapshots.ts';
import fc from '../properties.ts';
import { openTestStore } from '../store/open-test-store.ts';
import { NOW, sampleTask } from '../store/samples.ts';
import { markSending, markSent } from '../store/sending.ts';
import { subscribe } from '../store/subscription-samples.ts';
import { onPostgres } from '../store/test-database.ts';
import { MINUTE } from './bench.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CHANNELS = ['C1', 'C2'];
const channel = fc.constantFrom(...CHANNELS);
const taskId = fc.integer({ min: 0, max: 7 }).map((index) => `op-${index}`);

/** Something that happens to the store between two looks at it. */
type Step =
  | { readonly does: 'look'; readonly tasks: readonly Task[]; readonly away: boolean }
  | { readonly does: 'wait'; readonly time: number }
  | { readonly does: 'quiet'; readonly channel: string; readonly hours: number }
  | { readonly does: 'mute'; readonly channel: string; readonly task: string; readonly lasts: number | null }
  | {
      readonly does: 'send';
      readonly channel: string;
      readonly notifications: number;
      readonly doubtful: boolean;
    }
  | { readonly does: 'unmute'; readonly channel: string; readonly task: string }
  | { readonly does: 'close' | 'open' | 'refuse' | 'unsubscribe' | 'subscribe'; readonly channel: string }
  | { readonly does: 'release' | 'expire' };

const snapshot: fc.Arbitrary<Task> = fc
  .record({
    operationId: taskId,
    status: fc.constantFrom('running', 'failed', 'succeeded', 'stopped'),
    tally: fc.constantFrom(
      { total: 20, succeeded: 5 },
      { total: 20, failed: 15 },
      { total: 20, succeeded: 20 },
    ),
  })
  .map(sampleTask);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ does: fc.constant('look' as const), away: fc.boolean() },
      tasks: fc.array(snapshot, { minLength: 1, maxLength: 9 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      time: fc.constantFrom(MINUTE, HOUR, 9 * HOUR, 3 * DAY),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ does: fc.constant('send' as const), channel, notifications: fc.integer({ min: 1, max: 9 }) },
      doubtful: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constantFrom('release' as const, 'release' as const, 'expire' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('quiet' as const),
      channel,
      hours: fc.integer({ min: 0, max: 5 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ does: fc.constant('mute' as const), channel, task: taskId },
      lasts: fc.constantFrom(null, HOUR, 8 * HOUR),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('unmute' as const), channel, task: taskId }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom(
        ...(['close', 'close', 'open', 'open', 'refuse', 'unsubscribe', 'subscribe'] as const),
      ),
      channel,
    }),
  },
);

class Telling {
  readonly store: Store;
  now = NOW;
  #ids = 0;
  #ts = 0;

  constructor(store: Store) {
    this.store = store;
  }

  readonly newId = (): string => {
    this.#ids += 1;
    return `id-${this.#ids}`;
  };

  async do(one: Step): Promise<void> {
    const { db } = this.store;
    switch (one.does) {
      case 'look':
        await recordSnapshots(db, { tasks: one.tasks, gone: [] }, await readWatchState(db), {
          ...{
            now: this.now,
            isNews: () => true,
            reasonsRead: 0,
            confirm: async () => undefined,
            wasAway: () => one.away,
            newId: this.newId,
          },
          thresholds: { failingPercent: 5, failingMinDevices: 10, stalledAfter: 6 * HOUR },
        });
        // No two looks are taken in the same moment.
        this.now += 1;
        return;
      case 'wait':
        this.now += one.time;
        return;
      case 'quiet':
        return await this.#quiet(one.channel, one.hours);
      case 'mute':
        // Tasks are muted under their own message, which is in the channel then.
        if (await this.#hasOwnMessage(one.channel, one.task)) {
          const until = one.lasts === null ? null : this.now + one.lasts;
          await writeMute(db, one.channel, one.task, { until, by: 'U1', at: this.now });
        }
        return;
      case 'unmute':
        return await deleteMute(db, one.channel, one.task, this.now);
      case 'send':
        return await this.#send(one.channel, one.notifications, one.doubtful);
      case 'close':
        return await suspendChannel(db, one.channel, { at: this.now, reason: 'is_archived' });
      case 'open':
        return await resumeChannel(db, one.channel);
      case 'refuse': {
        const next = await readNextNotification(db, one.channel);
        if (next) await refuseNotification(db, next);
        return;
      }
      case 'unsubscribe':
        await db.deleteFrom('subscription').where('channel', '=', one.channel).execute();
        return await withdrawNotifications(db, one.channel);
      case 'subscribe':
        return await subscribe(db, { id: `s-${one.channel}`, channel: one.channel, kinds: CHANGE_KINDS });
      case 'release':
        await holdForQuiet({ db, now: () => this.now });
        await releaseHeld({ db, now: () => this.now, newId: this.newId });
        return await this.#isReleased();
      case 'expire':
        await expireSuspended(db, this.now - 7 * DAY);
        return;
    }
  }

  async #quiet(where: string, hours: number): Promise<void> {
    const minute = Math.floor(this.now / MINUTE) % (24 * 60);
    const quiet = hours === 0 ? null : { from: minute, until: (minute + hours * 60) % (24 * 60) };
    await writeHours(this.store.db, where, { quiet, digestAt: null, zone: 'UTC' }, null);
  }

  /** After a release only mutes, quiet hours and closed channels hold anything, and quiet hours hold everything. */
  async #isReleased(): Promise<void> {
    const { db } = this.store;
    const hours = await readAllHours(db);
    for (const where of CHANNELS) {
      const { quiet, zone } = hours.get(where) ?? NO_HOURS;
      if (isQuiet(quiet, zone, this.now)) expect(await readNextNotification(db, where)).toBeUndefined();
      const subscriptions = await readSubscriptionsOf(db, where);
      const open =
        subscriptions.length > 0 && subscriptions.every(({ suspendedReason }) => suspendedReason === null);
      if (!open || isQuiet(quiet, zone, this.now)) continue;
      for (const row of await readKeptBack(db, where)) {
        expect(row).toMatchObject({ state: 'held', held: 'muted' });
        expect(row.due_at).toBeGreaterThan(this.now);
      }
    }
  }

  async #hasOwnMessage(where: string, operationId: string): Promise<boolean> {
    const id = (await outbox.readThreads(this.store.db, [operationId])).get(operationId)?.get(where);
    const message = id === undefined ? undefined : await outbox.readMessage(this.store.db, id);
    return message?.kind === 'task' && message.ts !== null;
  }

  /** As the delivery does it, with a Slack that takes everything. */
  async #send(where: string, notifications: number, doubtful: boolean): Promise<void> {
    const { db } = this.store;
    for (let count = 0; count < notifications; count += 1) {
      const next = await readNextNotification(db, where);
      if (!next) return;
      if (!(await markSending(db, next, this.now))) return;
      if (doubtful && count === notifications - 1) {
        const attempted = { ...next, attempts: next.attempts + 1 };
        await outbox.markPending(db, attempted, { now: this.now, wait: 0, doubtful: true });
        return;
      }
      this.#ts += 1;
      const root = next.place === 'root' ? { shown: 'shown', version: 0 } : null;
      await markSent(db, next, { ts: String(this.#ts), at: this.now, root });
    }
  }

  /** Everything opens and ends that can hold a notification, and all of it is sent. */
  async end(): Promise<void> {
    for (const where of CHANNELS) {
      await this.do({ does: 'open', channel: where });
      await this.do({ does: 'subscribe', channel: where });
      await this.do({ does: 'quiet', channel: where, hours: 0 });
    }
    this.now += 9 * HOUR;
    await this.do({ does: 'release' });
    for (const where of CHANNELS) await this.#send(where, 1_000, false);
  }
}

const OPEN = ['pending', 'sending', 'held', 'suspended'];
const GIVEN_UP = ['expired', 'withdrawn', 'refused'];

function names(notification: NotificationRow, operationId: string): boolean {
  if (notification.operation_id === operationId) return true;
  const content = contentOf(notification);
  return 'entries' in content && content.entries.some((entry) => entry.operationId === operationId);
}

async function check({ store: { db } }: Telling): Promise<void> {
  const notifications = await db.selectFrom('notification').selectAll().orderBy('seq').execute();
  const messages = new Map(
    (await db.selectFrom('message').selectAll().execute()).map((row) => [row.id, row]),
  );
  const roots = new Map(
    notifications
      .filter(({ place, state }) => place === 'root' && (OPEN.includes(state) || state === 'sent'))
      .map((row) => [row.message_id, row]),
  );
  // Each message is made by one root, which was sent or will be.
  for (const { id, ts } of messages.values()) {
    expect(roots.get(id)).toBeDefined();
    expect(roots.get(id)?.state === 'sent').toBe(ts !== null);
  }
  const made = notifications.filter(({ place, state }) => place === 'root' && OPEN.includes(state));
  expect(new Set(made.map(({ message_id }) => message_id)).size).toBe(made.length);
  for (const { message_id } of await db.selectFrom('thread').selectAll().execute()) {
    expect(messages.has(message_id)).toBe(true);
  }
  for (const notification of notifications.filter(({ state }) => OPEN.includes(state))) {
    if (notification.state === 'held') expect(notification.held).toMatch(/^(quiet|muted)$/);
    if (notification.place === 'note') continue;
    const message = messages.get(notification.message_id ?? '');
    expect(message?.channel).toBe(notification.channel);
    const root = roots.get(notification.message_id);
    if (notification.place === 'root' || message?.ts !== null) continue;
    // Nothing is sent under a message before that is there.
    expect(root?.seq).toBeLessThan(notification.seq);
    if (['pending', 'sending'].includes(notification.state))
      expect(['pending', 'sending']).toContain(root?.state);
  }
  // Nobody is told of a task for the first time twice.
  const firsts = notifications
    .filter(
      ({ place, state, operation_id }) =>
        place === 'root' && operation_id !== null && (OPEN.includes(state) || state === 'sent'),
    )
    .map((row) => `${row.channel} ${row.operation_id}`);
  expect(new Set(firsts).size).toBe(firsts.length);
  const byId = new Map(notifications.map((row) => [row.id, row]));
  for (const decision of await db.selectFrom('decision').selectAll().execute()) {
    if (decision.notification_id === null) continue;
    const poster = byId.get(decision.notification_id);
    expect(poster?.state).not.toBe('merged');
    expect(poster && names(poster, decision.operation_id)).toBe(true);
    expect(poster?.channel).toBe(decision.channel);
  }
}

test('whatever happens in whatever order, nothing waits for ever, nothing is told to nobody, everything is told once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const store = await openTestStore();
      try {
        const telling = new Telling(store);
        for (const where of CHANNELS) await telling.do({ does: 'subscribe', channel: where });
        for (const one of steps) {
          await telling.do(one);
          await check(telling);
        }
        await telling.end();
        await check(telling);
        const left = await store.db.selectFrom('notification').select(['id', 'state']).execute();
        for (const { state } of left) expect(['sent', 'merged', ...GIVEN_UP]).toContain(state);
      } finally {
        await store.close();
      }
    }),
    // A database each: what differs between the engines shows in a few.
    { numRuns: onPostgres() ? 15 : 150 },
  );
}, 120_000);
