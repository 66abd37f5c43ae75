import type { Logger } from 'pino';
import type { Trouble } from '../core/question/answer.ts';
import type { Clock } from '../lib/clock.ts';
import { correlated } from '../lib/correlation.ts';
import { cronRuns, every, intervalOf } from '../lib/cron.ts';
import { errorFields } from '../lib/error-fields.ts';
import type { Instant } from '../lib/instant.ts';
import { createOneAtATime } from '../lib/one-at-a-time.ts';
import type { Schedule } from '../lib/timekeeper.ts';
import type { CallLedger } from '../platform/budget/call-ledger.ts';
import { CallAbortedError } from '../platform/errors.ts';
import { LeaseLostError } from '../store/engine/errors.ts';
import type { LeaseKeeper } from '../store/engine/lease-keeper.ts';
import { writeLastTrouble } from '../store/platform/last-trouble.ts';
import { createSweeps } from './create-sweeps.ts';
import { type IndexPosition, indexFailures } from './index-failures.ts';
import { createAgeKeeper } from './keep-ages.ts';
import { NEW_PASS } from './read-active.ts';
import { createNewFailures } from './read-new-failures.ts';
import { createReserve, type Reserve } from './reserve-calls.ts';
import { type CycleParts, type CycleReport, runCycle, spareCalls } from './run-cycle.ts';
import { countFailedLook, endBlindness } from './tell-blindness.ts';
import { troubleOf } from './trouble-of.ts';

/** Gap after which the bot counts as having been away: five minutes and five cycles, whichever is longer. */
const DOWNTIME = { milliseconds: 5 * 60_000, cycles: 5 } as const;
/** Calls of a cycle that it left over and that go into the index of failed devices, at the most. */
const INDEX_CALLS = 2;
/** The one who watches holds this. */
const WATCH = 'watch';
/** How often a process that stands by asks whether it is to take over. */
const EVERY_FEW_SECONDS = every(5_000);

export type CycleOutcome =
  | {
      readonly outcome: 'good' | 'cut-short';
      readonly at: Instant;
      readonly seconds: number;
      readonly report: CycleReport;
    }
  | { readonly outcome: 'failed'; readonly at: Instant; readonly seconds: number; readonly error: unknown }
  /** Another process watches. */
  | { readonly outcome: 'elsewhere'; readonly at: Instant; readonly seconds: number };

export interface WatchParts
  extends Omit<CycleParts, 'downtimeAfter' | 'confirm' | 'recordedAt'>,
    Pick<Clock, 'monotonic'> {
  readonly leases: LeaseKeeper;
  readonly ledger: Pick<CallLedger, 'reserve'>;
  readonly callsPerMinute: number;
  readonly schedule: Schedule;
  readonly pollSchedule: string;
  readonly sweepSchedule: string;
  readonly log: Logger;
  /** Told after every cycle of this process, such as to wake the delivery. */
  readonly onCycle: (outcome: CycleOutcome) => void;
}

export interface Watch {
  /** Runs a cycle now, after one that is under way; resolves with what came of it. */
  pollNow(): Promise<CycleOutcome>;
  /** Takes no new work, lets the reading under way end at once, and resolves when nothing runs any more. */
  stop(): Promise<void>;
}

/**
 * Polls on schedule, the first time at once, and sweeps between the cycles. Everything that reads and records goes one
 * at a time: a page read before another but recorded after it would turn a task's story around. Of several processes on
 * one store one watches and the others stand by; the next one begins as a start does, with a look at once.
 */
export function startWatch(settings: WatchParts): Watch {
  const { log, now, monotonic, delay, leases, schedule } = settings;
  const stopping = new AbortController();
  const serially = createOneAtATime();
  let pass = NEW_PASS;
  let sweepDue = true;
  let reserve: Reserve | null = null;
  /** When the reading of the active tasks last began anew, by the monotonic clock. */
  let begunAt = Number.NEGATIVE_INFINITY;
  const isOurs = async () => {
    const before = leases.holds(WATCH);
    const ours = (await leases.claim([WATCH])).length > 0;
    if (ours && !before) {
      log.info('this process watches from now on');
      sweepDue = true;
      ages.forget();
      reserve = null;
    }
    return ours;
  };
  const polls = cronRuns(settings.pollSchedule);
  const confirm: CycleParts['confirm'] = (tx) => leases.confirm(tx, WATCH);
  const ages = createAgeKeeper({ ...settings, confirm });
  const parts: CycleParts = {
    ...settings,
    confirm,
    recordedAt: ages.now,
    downtimeAfter: Math.max(DOWNTIME.milliseconds, DOWNTIME.cycles * intervalOf(polls, now())),
  };

  const pollNow = () =>
    serially(() => correlated(settings.newId().slice(0, 8), look)).then((outcome) => {
      if (outcome.outcome === 'elsewhere') return outcome;
      settings.onCycle(outcome);
      if (sweepDue) startSweep();
      if (outcome.outcome === 'good') void serially(() => index(outcome.report));
      return outcome;
    });

  const pollOnSchedule = async () => {
    // A reading that was cut short goes on as soon as it can.
    if (pass === NEW_PASS && reserve?.tooSoon(monotonic() - begunAt)) {
      log.debug({ reason: 'too-soon-for-the-budget' }, 'look left out');
    } else await pollNow();
  };

  /** What is read for the watch ends with it: another process may read by then. */
  const whileOurs = () => AbortSignal.any([stopping.signal, leases.whileHeld(WATCH)]);
  /** What was read before the watch was lost is old, even where it is ours again by now. */
  const partsWhile = (signal: AbortSignal): CycleParts => ({
    ...parts,
    confirm: async (tx) => {
      signal.throwIfAborted();
      await parts.confirm(tx);
    },
  });

  const look = async (): Promise<CycleOutcome> => {
    const at = now();
    const began = monotonic();
    const seconds = () => (monotonic() - began) / 1_000;
    try {
      if (!(await isOurs())) return { outcome: 'elsewhere', at, seconds: seconds() };
      await ages.settle();
      const signal = whileOurs();
      if (pass === NEW_PASS) begunAt = began;
      reserve ??= await createReserve({ ...settings, polls });
      const report = await runCycle(partsWhile(signal), pass, signal);
      pass = report.pass;
      if (report.whole) await reserve.keepFor(report.active);
      const outcome = report.whole ? 'good' : 'cut-short';
      log.info(cycleFields(report, outcome, seconds()), 'cycle');
      await writeLastTrouble(settings.db, null);
      if (report.whole) await endBlindness(settings);
      const took = seconds();
      const read = await newFailures.read(report, signal);
      return { outcome, at, seconds: took, report: { ...report, calls: report.calls + read } };
    } catch (error) {
      pass = NEW_PASS;
      const lost = lossOf(error);
      if (lost !== null) {
        log.warn(errorFields(lost), 'another process watches now; what this one read is left out');
        return { outcome: 'elsewhere', at, seconds: seconds() };
      }
      if (!stopping.signal.aborted) {
        const fields = { outcome: 'failed', seconds: seconds(), ...errorFields(error) };
        log.error(fields, 'cycle failed; the next one reads afresh');
        await countFailure(troubleOf(error)).catch((second: unknown) =>
          log.error(errorFields(second), 'the failed look could not be counted'),
        );
      }
      return { outcome: 'failed', at, seconds: seconds(), error };
    }
  };

  /** A reading that was ended with the lease says only that it was ended. */
  const lossOf = (error: unknown): LeaseLostError | null => {
    if (error instanceof LeaseLostError) return error;
    const ended = error instanceof CallAbortedError && !stopping.signal.aborted;
    return ended && !leases.holds(WATCH) ? new LeaseLostError(WATCH) : null;
  };

  const countFailure = async (trouble: Trouble) => {
    if (!leases.holds(WATCH)) return;
    await writeLastTrouble(settings.db, trouble);
    await countFailedLook(settings, trouble);
  };

  const newFailures = createNewFailures(settings);
  let indexAt: IndexPosition | null = null;
  const index = async (report: CycleReport) => {
    if (!leases.holds(WATCH)) return;
    indexAt = await indexFailures(settings, indexAt, Math.min(INDEX_CALLS, spareCalls(report)), whileOurs());
  };

  const sweeps = createSweeps({
    ...{ parts, partsWhile, whileOurs, serially, now, delay, log },
    isOurs: () => leases.holds(WATCH),
    settleAges: ages.settle,
    stopping: stopping.signal,
    newId: settings.newId,
  });
  const startSweep = () => {
    if (sweeps.start()) sweepDue = false;
  };

  async function takeOver(): Promise<void> {
    if (!leases.holds(WATCH) && (await isOurs())) await pollNow();
  }

  const unschedule = [
    schedule('poll', polls, pollOnSchedule),
    schedule('sweep', cronRuns(settings.sweepSchedule), startSweep),
    ...(leases.shared ? [schedule('standby', EVERY_FEW_SECONDS, takeOver)] : []),
  ];
  void pollNow();
  return {
    pollNow,
    async stop() {
      stopping.abort();
      for (const end of unschedule) end();
      await sweeps.ended();
      await serially(async () => undefined);
    },
  };
}

function cycleFields(report: CycleReport, outcome: string, seconds: number) {
  const { calls, active, changes, notices } = report;
  return { outcome, seconds, calls, active, changed: changes.length, notices };
}
