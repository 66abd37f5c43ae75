import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import pino from 'pino';
import { startWorkspace } from '../../sandbox/workspace/start-workspace.ts';
import type { Reply } from '../../sandbox/workspace/types.ts';
import type { Workspace } from '../../sandbox/workspace/workspace.ts';
import { CHANGE_KINDS, type ChangeKind } from '../../src/core/change/changes.ts';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import type { Task } from '../../src/core/task/task.ts';
import type { DeliveryParts, NotificationEvent } from '../../src/notify/delivery-parts.ts';
import { notificationIdOf } from '../../src/notify/message-id.ts';
import { holdForQuiet, releaseHeld } from '../../src/notify/release-held.ts';
import { type Delivery, startDelivery } from '../../src/notify/start-delivery.ts';
import { createSoleLeases, type LeaseKeeper } from '../../src/store/engine/lease-keeper.ts';
import type { Store } from '../../src/store/engine/location.ts';
import type { NotificationRow } from '../../src/store/engine/outbox-schema.ts';
import { contentOf } from '../../src/store/notification/notification-content.ts';
import { readBusyChannels } from '../../src/store/notification/outbox.ts';
import { readWatchState } from '../../src/store/platform/watch-state.ts';
import { writeHours } from '../../src/store/subscription/channel-hours.ts';
import { saveSubscription } from '../../src/store/subscription/subscriptions.ts';
import { recordSnapshots } from '../../src/watch/record-snapshots.ts';
import { notByItself } from '../lib/driven-clock.ts';
import { openTestStore } from '../store/open-test-store.ts';
import { sampleTask, type TaskWords } from '../store/samples.ts';
import { slackClient } from './slack-client.ts';

export const MINUTE = 60_000;

type WorkspaceOptions = NonNullable<Parameters<typeof startWorkspace>[0]>;

export interface Bench {
  readonly workspace: Workspace;
  readonly store: Store;
  readonly channel: string;
  readonly events: readonly NotificationEvent[];
  /** Every wait the delivery asked for, in milliseconds. */
  readonly waits: readonly number[];
  now(): number;
  /** Lets time pass. */
  advance(milliseconds: number): void;
  /** Sets the bot's clock forward (or back, where negative). */
  set(milliseconds: number): void;
  client(options?: { readonly apiUrl?: string; readonly token?: string }): WebClient;
  subscribe(
    channel: string,
    kinds?: readonly ChangeKind[],
    words?: Partial<Pick<Subscription, 'mentions' | 'thresholds' | 'terms'>>,
  ): Promise<void>;
  /** One look of the watch: what follows from these snapshots goes into the outbox. */
  see(...tasks: readonly TaskWords[]): Promise<void>;
  /** The same after a time in which nobody looked. */
  seeAfterAbsence(...tasks: readonly TaskWords[]): Promise<void>;
  /** Gives a channel quiet hours that began so long ago and last so long from now on, both in minutes. */
  quiet(began: number, lasts: number, channel?: string): Promise<void>;
  /** What a run of the upkeep does: holds what quiet hours that began have to hold, and releases what was held. */
  release(): Promise<void>;
  /** Starts the delivery; it runs until the bench is given back or `stop`. */
  deliver(client?: WebClient, more?: Partial<Pick<DeliveryParts, 'db' | 'postGap' | 'delay'>>): Delivery;
  /** Resolves when nothing is left to deliver. */
  settled(): Promise<void>;
  until(holds: () => boolean | Promise<boolean>): Promise<void>;
  notifications(): Promise<readonly NotificationRow[]>;
  outcomes(): readonly string[];
  /** The root messages of a channel and the texts of their threads. */
  seen(channel?: string): readonly { readonly text: string; readonly replies: readonly string[] }[];
  calls(method: string): number;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A workspace, a store and a delivery in a time of their own: who waits gets the time moved on at once, so that minutes
 * of patience cost nothing. Slack's rate of posts is measured in that time too.
 */
export async function setUp(options: WorkspaceOptions = {}): Promise<Bench> {
  const began = Date.now();
  let passed = 0;
  let now = began;
  const store = await openTestStore();
  const workspace = await startWorkspace({ now: () => began + passed, ...options });
  const channel = workspace.channelInfo('iot-ops').id;
  const events: NotificationEvent[] = [];
  const waits: number[] = [];
  const deliveries: Delivery[] = [];
  const openLanes = new Set<object>();

  const bench: Bench = {
    ...{ workspace, store, channel, events, waits },
    now: () => now,
    advance(milliseconds) {
      now += milliseconds;
      passed += milliseconds;
    },
    set(milliseconds) {
      now += milliseconds;
    },
    client: ({ apiUrl = workspace.apiUrl, token = workspace.botToken } = {}) => slackClient(apiUrl, token),
    subscribe: (where, kinds = CHANGE_KINDS, words = {}) =>
      saveSubscription(store.db, {
        ...{ id: randomUUID(), channel: where, terms: [], kinds, mentions: [], thresholds: {}, ...words },
        ...{ createdBy: workspace.person('ana').id, createdAt: now },
      }),
    see: (...words) => look(words, false),
    seeAfterAbsence: (...words) => look(words, true),
    async quiet(began, lasts, where = channel) {
      const minuteOf = (minutes: number) => Math.floor(now / MINUTE + minutes) % (24 * 60);
      const hours = {
        quiet: { from: minuteOf(-began), until: minuteOf(lasts) },
        digestAt: null,
        zone: 'UTC',
      };
      await writeHours(store.db, where, hours, null);
    },
    async release() {
      await holdForQuiet({ db: store.db, now: () => now });
      await releaseHeld({ db: store.db, now: () => now, newId: randomUUID });
    },
    deliver(client = bench.client(), more = {}) {
      const delivery = startDelivery({
        db: store.db,
        leases: keptIn(openLanes),
        schedule: notByItself,
        monotonic: () => passed,
        realTime: () => performance.now(),
        clientFor: async () => client,
        now: () => now,
        // The workspace gives its messages the machine's time.
        slackNow: Date.now,
        newId: randomUUID,
        async delay(milliseconds, signal) {
          waits.push(milliseconds);
          bench.advance(milliseconds);
          await turn();
          signal.throwIfAborted();
        },
        log: pino({ level: 'silent' }),
        onNotification: (event) => events.push(event),
        ...more,
      });
      deliveries.push(delivery);
      return delivery;
    },
    async settled() {
      // A lane that is still open would come upon what the test does next in the middle of it.
      await bench.until(async () => (await readBusyChannels(store.db)).length === 0 && openLanes.size === 0);
    },
    async until(holds) {
      const limit = Date.now() + 20_000;
      while (!(await holds())) {
        if (Date.now() > limit) throw new Error(`it did not come to that\n${workspace.describe()}`);
        await turn();
      }
    },
    notifications: () => store.db.selectFrom('notification').selectAll().orderBy('seq').execute(),
    outcomes: () => events.map(({ outcome }) => outcome),
    seen: (where = channel) =>
      workspace
        .channel(where)
        .map(({ text, replies }) => ({ text, replies: replies.map((reply) => reply.text) })),
    calls: (method) => workspace.apiCalls.filter((call) => call.method === method).length,
    async [Symbol.asyncDispose]() {
      workspace.clearFaults();
      await Promise.all(deliveries.map((delivery) => delivery.stop()));
      await workspace.close();
      await store.close();
    },
  };
  return bench;

  async function look(words: readonly TaskWords[], away: boolean): Promise<void> {
    const tasks = words.map((one): Task => sampleTask(one));
    await recordSnapshots(store.db, { tasks, gone: [] }, await readWatchState(store.db), {
      now,
      thresholds: { failingPercent: 5, failingMinDevices: 10, stalledAfter: 6 * 3_600_000 },
      isNews: () => true,
      confirm: async () => undefined,
      reasonsRead: 0,
      wasAway: () => away,
      newId: randomUUID,
    });
  }
}

/**
 * What a channel shows, in the bot's words: each message with its thread, a reply that the channel shows as well marked
 * with `!`. Summaries and their parts name their tasks.
 */
export async function story(
  bench: Bench,
  channel = bench.channel,
): Promise<readonly (readonly [root: string, ...replies: readonly string[]])[]> {
  const rows = new Map((await bench.notifications()).map((row) => [row.id, row]));
  const told = ({ metadata }: Pick<Reply, 'metadata'>): string => {
    const row = rows.get(notificationIdOf({ metadata }) ?? '');
    if (!row) return 'something else';
    const content = contentOf(row);
    if (content.kind === 'change')
      return `${[...content.earlier, content.change].join('>')} ${row.operation_id}`;
    if (content.kind !== 'summary' && content.kind !== 'summary-part') return content.kind;
    const entries = content.entries.map(
      ({ operationId, earlier, change }) => `${[...earlier, change].join('>')} ${operationId}`,
    );
    return `${content.kind === 'summary' ? content.cause : 'part'}: ${entries.join(', ')}`;
  };
  return bench.workspace
    .channel(channel)
    .map((root) => [
      told(root),
      ...root.replies.map((reply) => `${reply.broadcast ? '! ' : ''}${told(reply)}`),
    ]);
}

/** The leases of one delivery, whose lanes are kept in a set for as long as they are open. */
function keptIn(openLanes: Set<object>): LeaseKeeper {
  const leases = createSoleLeases();
  const ours = new Map<string, object>();
  return {
    ...leases,
    async claim(names) {
      for (const name of names) {
        const lane = ours.get(name) ?? {};
        ours.set(name, lane);
        openLanes.add(lane);
      }
      return await leases.claim(names);
    },
    async release(names) {
      for (const name of names) openLanes.delete(ours.get(name) ?? {});
      await leases.release(names);
    },
  };
}

/** A running task of so many devices. */
export function runs(operationId: string, tally: TaskWords['tally'] = {}): TaskWords {
  return { operationId, status: 'running', tally: { total: 20, running: 20, ...tally } };
}

export function failed(operationId: string): TaskWords {
  return { operationId, status: 'failed', tally: { total: 20, failed: 20, running: 0 } };
}
