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

/** Quiet hours, mutes and digests are given in minutes. */
const EVERY_MINUTE = every(60_000);
/**
 * Nothing is forgotten by a clock that was set less than so many milliseconds ago: a wrong time is noticed by then, and what is
 * forgotten does not come back.
 */
const UNSURE = 3_600_000;
/** A process that only answers cannot tell this one that a channel was subscribed again, say. */
const EVERY_FEW_SECONDS = every(5_000);

export interface UpkeepParts {
  readonly db: Kysely<Schema>;
  /** Whether other processes use the store: then what they changed is looked at more often. */
  readonly shared: boolean;
  readonly now: () => Instant;
  readonly timekeeper: Pick<Timekeeper, 'schedule' | 'sinceStep'>;
  readonly newId: () => string;
  readonly log: Logger;
  /** The channel of the settings: nobody subscribes it again when it was closed. */
  readonly alertChannel: string | null;
  /** Whether the workspace of a channel has installed the app. */
  readonly isServed: (channel: string) => Promise<boolean>;
  /** Closes channels that became shared with others, and opens those that no longer have to be closed. */
  readonly checkSharing: () => Promise<void>;
  /** Told afterwards: there may be something to deliver. */
  readonly wake: () => void;
}

export interface Upkeep {
  /** Does what is due now, after a run that is under way. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Does what is due by the clock and not by a change: ends of quiet hours and mutes, digests, closed channels, long
 * histories, old rows. Every
 * process may do it: each step looks in its own transaction whether it is still to be done.
 */
export function startUpkeep(parts: UpkeepParts): Upkeep {
  const { db, now, log, alertChannel, isServed, checkSharing, wake, shared, timekeeper } = parts;
  const serially = createOneAtATime();
  const stopping = new AbortController();
  const thin = createThinning(db, stopping.signal);

  /** Each says whether there is something to deliver now. */
  const steps: readonly (readonly [name: string, step: () => Promise<boolean>])[] = [
    ['workspaces', () => reopenInstalled(db, isServed)],
    ['closed channel', retryAlertChannel],
    // Wakes the delivery itself where it opened a channel.
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

  /** Steps that failed at the last run: a database that is away for an hour is one line for each of them. */
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
      // One step that stumbles keeps none of the others from its turn.
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
 * A history of more lines than this is due to be cut down to `THINNED` lines: far enough apart that each task's turn comes
 * once in some fifty moves, and far enough below 200, the most there may be, for all of a fleet to have theirs.
 */
export const LONG = 180;
export const THINNED = 128;
/** Tasks that began together grow long together: only so many of them have their turn at once. */
const SHARE = 1 / 10;
const LEAST_TURNS = 100;

/**
 * Makes the work of thinning the histories of tasks that have not ended, to be done after every look. A history grows by a
 * line at a look, so that most need not even be counted each time. Returns how many were thinned.
 */
export function createThinning(db: Kysely<Schema>, signal: AbortSignal): () => Promise<number> {
  /** After how many looks each task's history may have grown long. */
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
