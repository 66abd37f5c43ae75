import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import {
  type Behaviour,
  createSimulatedClock,
  type NewTask,
  type SimulatedClock,
  type SimulatedPlatform,
  startSimulatedPlatform,
} from '../../sandbox/platform/index.ts';
import type { ChangeKind } from '../../src/core/change/changes.ts';
import { CHANGE_KINDS } from '../../src/core/change/changes.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { Instant } from '../../src/lib/instant.ts';
import type { CallLedger } from '../../src/platform/budget/call-ledger.ts';
import { createMemoryCallLedger } from '../../src/platform/budget/memory-call-ledger.ts';
import { createPlatform, type PlatformClient } from '../../src/platform/oceanconnect/create-platform.ts';
import type { Store } from '../../src/store/engine/location.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';
import { readWatchState, type WatchState } from '../../src/store/platform/watch-state.ts';
import { saveSubscription } from '../../src/store/subscription/subscriptions.ts';
import { type IndexPosition, indexFailures } from '../../src/watch/index-failures.ts';
import { type ActivePass, NEW_PASS } from '../../src/watch/read-active.ts';
import { type CycleParts, type CycleReport, runCycle } from '../../src/watch/run-cycle.ts';
import { beginSweep, type SweepStep, sweepOnePage } from '../../src/watch/run-sweep.ts';
import { openTestStore } from '../store/open-test-store.ts';

export const START = Date.UTC(2024, 2, 11, 6, 5, 2);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const CHANNEL = 'C0WATCH';

export interface Bench {
  readonly platform: SimulatedPlatform;
  readonly client: PlatformClient;
  readonly parts: CycleParts & Pick<Clock, 'monotonic'>;
  /** What a watch needs beside them to keep within the budget. */
  readonly budget: { readonly ledger: CallLedger; readonly callsPerMinute: number };
  readonly store: Store;
  /** The time of the fleet and of the bot. */
  readonly clock: SimulatedClock;
  readonly never: AbortSignal;
  /** One cycle, going on where the last one was cut short. */
  cycle(): Promise<CycleReport>;
  /** A minute passes, then one cycle. */
  nextCycle(): Promise<CycleReport>;
  /** The first look, and all of the first sweep: from here on everything unknown is news. */
  settle(): Promise<void>;
  sweep(): Promise<readonly SweepStep[]>;
  /** Reads failed devices into the index with so many calls, going on where the last time ended. */
  indexFailures(calls: number): Promise<void>;
  /** Task lists and single tasks asked for since the last time this was asked; logins are none. */
  callsMade(): number;
  /** What the mirror noted since the last time this was asked, as `kind operationId`, in order of ids. */
  told(): Promise<readonly string[]>;
  state(): Promise<WatchState>;
  /** Everything the store holds, to compare. */
  dump(): Promise<string>;
  addMany(count: number, task: NewTask): void;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface BenchOptions {
  readonly behaviour?: Partial<Behaviour>;
  readonly callsPerMinute?: number;
  readonly path?: string;
  readonly kinds?: readonly ChangeKind[];
  readonly timeoutMs?: number;
}

/** A simulated platform, the real client and a store of its own; one channel is subscribed to every kind of change. */
export async function setUp(options: BenchOptions = {}): Promise<Bench> {
  const clock = createSimulatedClock(START);
  const platform = await startSimulatedPlatform({
    clock,
    behaviour: { callsPerMinute: null, ...options.behaviour },
  });
  const store = options.path ? await openSqlite(options.path) : await openTestStore();
  const kinds = options.kinds ?? CHANGE_KINDS;
  await saveSubscription(store.db, {
    ...{ id: 's1', channel: CHANNEL, terms: [], kinds, mentions: [], thresholds: {} },
    ...{ createdBy: null, createdAt: START },
  });
  const callsPerMinute = options.callsPerMinute ?? 100_000;
  const budget = { ledger: createMemoryCallLedger({ now: clock.now, callsPerMinute }), callsPerMinute };
  const client = connect(platform, clock.now, budget, options.timeoutMs);
  const never = new AbortController().signal;
  const parts: Bench['parts'] = {
    db: store.db,
    platform: client,
    now: clock.now,
    recordedAt: clock.now,
    monotonic: clock.now,
    delay: async (milliseconds) => clock.advance(milliseconds),
    newId: randomUUID,
    thresholds: { failingPercent: 5, failingMinDevices: 10, stalledAfter: 6 * HOUR },
    confirm: async () => undefined,
    downtimeAfter: 5 * MINUTE,
  };
  let pass: ActivePass = NEW_PASS;
  let indexAt: IndexPosition | null = null;
  let counted = 0;
  let noted = 0;

  const bench: Bench = {
    ...{ platform, client, parts, budget, store, clock, never },
    async cycle() {
      try {
        const report = await runCycle(parts, pass, never);
        pass = report.pass;
        return report;
      } catch (error) {
        pass = NEW_PASS;
        throw error;
      }
    },
    async nextCycle() {
      clock.advance(MINUTE);
      return await bench.cycle();
    },
    async settle() {
      await bench.cycle();
      await bench.sweep();
      await bench.nextCycle();
      bench.callsMade();
      await bench.told();
    },
    async sweep() {
      await beginSweep(parts);
      const steps: SweepStep[] = [];
      // An endless sweep must fail its test, not hang it.
      while (steps.at(-1) !== 'ended' && steps.length < 1_000) steps.push(await sweepOnePage(parts, never));
      return steps;
    },
    async indexFailures(calls) {
      indexAt = await indexFailures({ ...parts, log: pino({ level: 'silent' }) }, indexAt, calls, never);
    },
    callsMade() {
      const asked = platform.calls.filter(({ name }) => name === 'listTasks' || name === 'getTask').length;
      const made = asked - counted;
      counted = asked;
      return made;
    },
    async told() {
      const all = await store.db.selectFrom('change').selectAll().execute();
      const fresh = all.slice(noted);
      noted = all.length;
      return fresh.map((one) => `${one.kind} ${one.operation_id}`).sort();
    },
    state: () => readWatchState(store.db),
    async dump() {
      const tables = [
        'task',
        'task_body',
        'task_target',
        'snapshot',
        'change',
        'message',
        'thread',
        'notification',
      ] as const;
      const rows = await Promise.all(
        [...tables, 'watch_state' as const].map((table) => store.db.selectFrom(table).selectAll().execute()),
      );
      // In whatever order PostgreSQL comes upon them.
      return JSON.stringify(rows.map((some) => some.map((row) => JSON.stringify(row)).sort()));
    },
    addMany(count, task) {
      for (let index = 0; index < count; index += 1) {
        platform.fleet.addTask({
          createTime: clock.now() - 30 * 24 * HOUR + index * MINUTE,
          stopTime: task.status === 'processing' || task.status === 'wait' ? null : clock.now() - HOUR,
          ...task,
          ...(task.operationId !== undefined && { operationId: `${task.operationId}-${index}` }),
        });
      }
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await platform.close();
      await store.close();
    },
  };
  return bench;
}

function connect(
  platform: SimulatedPlatform,
  now: () => Instant,
  { ledger, callsPerMinute }: Bench['budget'],
  timeoutMs = 5_000,
): PlatformClient {
  return createPlatform(
    {
      baseUrl: platform.url,
      appId: platform.appId,
      secret: platform.secret,
      timeoutMs,
      callsPerMinute,
      tls: {},
      proxy: null,
    },
    { ledger, now },
  );
}

/** The notifications in the outbox, oldest first. */
export async function notificationsOf({ store }: Bench) {
  return await store.db.selectFrom('notification').selectAll().orderBy('seq').execute();
}
