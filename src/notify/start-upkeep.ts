import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { every } from '../lib/cron.ts';
import type { Instant } from '../lib/instant.ts';
import { errorFields } from '../lib/operational-error.ts';
import type { Timekeeper } from '../lib/timekeeper.ts';
import { createOneAtATime } from '../lib/work/one-at-a-time.ts';
import { countSnapshots, THINNED_AT_ONCE, thinHistories } from '../store/change/thin-histories.ts';
import type { Schema } from '../store/engine/schema.ts';
import { expireSuspended, KEPT_SUSPENDED } from '../store/subscription/suspension.ts';
import { prune, takePruning } from '../store/task/prune.ts';
import { readActiveIds } from '../store/task/tasks.ts';
import { postDigests } from './post-digests.ts';
import { holdForQuiet, releaseHeld } from './release-held.ts';
import { reopenInstalled, retryClosedChannel } from './reopen-channels.ts';

/** Quiet hours, mutes and digests have minute resolution. */
const EVERY_MINUTE = every(60_000);
/** Milliseconds without deletions after the clock was set: a wrong time is noticed by then, and deletions are final. */
const UNSURE = 3_600_000;
/** For a shared store: a process that only answers cannot signal this one, e.g. about a new subscription. */
const EVERY_FEW_SECONDS = every(5_000);

export interface UpkeepParts {
  readonly db: Kysely<Schema>;
  /** Whether other processes use the store. If so, upkeep runs more often to pick up their changes. */
  readonly shared: boolean;
  readonly now: () => Instant;
  readonly timekeeper: Pick<Timekeeper, 'schedule' | 'sinceStep'>;
  readonly newId: () => string;
  readonly log: Logger;
  /** The channel from the settings. Upkeep retries it when closed, because nobody subscribes it again. */
  readonly alertChannel: string | null;
  /** Whether the app is installed in the channel's workspace. */
  readonly isServed: (channel: string) => Promise<boolean>;
  /** Closes channels that became shared with other organisations, and reopens those that may be open again. */
  readonly checkSharing: () => Promise<void>;
  /** Called when there may be something to deliver. */
  readonly wake: () => void;
}

export interface Upkeep {
  /** Runs everything that is due, after any run in progress. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Runs what is due by time rather than by a change: ends of quiet hours and mutes, digests, closed channels, long
 * histories, old rows. Any process may run it: each step rechecks in its own transaction.
 */
export function startUpkeep(parts: UpkeepParts): Upkeep {
  const { db, now, log, alertChannel, isServed, checkSharing, wake, shared, timekeeper } = parts;
  const serially = createOneAtATime();
  const stopping = new AbortController();
  const thin = createThinning(db, stopping.signal);

  /** Each step returns whether there is something to deliver now. */
  const steps: readonly (readonly [name: string, step: () => Promise<boolean>])[] = [
    ['workspaces', () => reopenInstalled(db, isServed)],
    ['closed channel', retryAlertChannel],
    // Wakes the delivery itself when it opens a channel.
    ['shared channels', () => checkSharing().then(() => false)],
    ['quiet hours', () => holdForQuiet(parts).then(() => false)],
    ['held notifications', () => releaseHeld(parts)],
    ['digests', () => postDigests(parts)],
    ['expiry', () => expire().then(() => false)],
    ['thinning', () => thin().then(() => false)],
    ['pruning', () => pruneDaily().then(() => false)],
  ];

  async function retryAlertChannel(): Promise<boolean> {
    if (alertChannel === null || !(await isServed(alertChannel))) return false;
    return await retryClosedChannel(db, alertChannel, now());
  }

  async function expire(): Promise<void> {
    if (timekeeper.sinceStep() < UNSURE) return;
    const notifications = await expireSuspended(db, now() - KEPT_SUSPENDED);
    if (notifications > 0)
      log.warn({ notifications }, 'notifications kept for closed channels for 7 days are given up');
  }

  async function pruneDaily(): Promise<void> {
    if (timekeeper.sinceStep() < UNSURE) return;
    if (await takePruning(db, now())) await prune(db, now(), stopping.signal);
  }

  /** Steps that failed in the last run: an hour without the database logs one line per step. */
  const failing = new Set<string>();
  const attempt = async (step: string, work: () => Promise<boolean>): Promise<boolean> => {
    try {
      const due = await work();
      if (failing.delete(step)) log.info({ step }, 'upkeep goes on');
      return due;
    } catch (error) {
      if (failing.has(step)) return false;
      failing.add(step);
      log.error(
        { step, ...errorFields(error) },
        'upkeep stumbled; it is tried again and again, and reported once',
      );
      return false;
    }
  };

  const run = () =>
    serially(async () => {
      // A failing step must not stop the others.
      for (const [step, work] of steps) {
        if (stopping.signal.aborted) return;
        if (await attempt(step, work)) wake();
      }
    });
  const unschedule = timekeeper.schedule('upkeep', shared ? EVERY_FEW_SECONDS : EVERY_MINUTE, run);
  return {
    run,
    async stop() {
      stopping.abort();
      unschedule();
      await serially(async () => undefined);
    },
  };
}

/**
 * A task's history longer than this is due to be cut to `THINNED` lines. The gap makes each task due about once in
 * fifty moves. The margin below the maximum of 200 gives a whole fleet time to get its turn.
 */
export const LONG = 180;
export const THINNED = 128;
/** Tasks that started together grow long together, so only this share of them is thinned in one run. */
const SHARE = 1 / 10;
const LEAST_TURNS = 100;

/**
 * Returns the work that thins the histories of active tasks. A history grows by at most one line per poll, so most
 * need not even be counted in each run. The work resolves to the number of histories thinned.
 */
export function createThinning(db: Kysely<Schema>, signal: AbortSignal): () => Promise<number> {
  /** Runs left until each task's history may be too long. */
  const looks = new Map<string, number>();
  return async () => {
    const active = await readActiveIds(db);
    for (const id of looks.keys()) if (!active.has(id)) looks.delete(id);
    for (const id of active) looks.set(id, (looks.get(id) ?? 0) - 1);
    const due = [...active].filter((id) => (looks.get(id) ?? 0) < 0);
    const lengths = [...(await countSnapshots(db, due))];
    for (const [id, lines] of lengths) looks.set(id, LONG - lines);
    const long = lengths
      .filter(([, lines]) => lines > LONG)
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, Math.max(LEAST_TURNS, active.size * SHARE))
      .map(([id]) => id);
    let thinned = 0;
    for (; thinned < long.length && !signal.aborted; thinned += THINNED_AT_ONCE) {
      await thinHistories(db, long.slice(thinned, thinned + THINNED_AT_ONCE), THINNED);
    }
    return Math.min(thinned, long.length);
  };
}
