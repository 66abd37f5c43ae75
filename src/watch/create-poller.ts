import { correlated } from '../lib/correlation.ts';
import { errorFields } from '../lib/operational-error.ts';
import { writeLastTrouble } from '../store/platform/watch-state.ts';
import type { WatchHold } from './hold-watch.ts';
import type { AgeKeeper } from './keep-ages.ts';
import { NEW_PASS } from './read-active.ts';
import { createNewFailures } from './read-new-failures.ts';
import { countFailedPoll, endBlindness } from './report-blindness.ts';
import type { Reserve } from './reserve-calls.ts';
import { type CycleParts, type CycleReport, runCycle } from './run-cycle.ts';
import { troubleOf } from './trouble-of.ts';
import type { CycleOutcome, WatchParts } from './watch-parts.ts';

export interface PollerParts
  extends Pick<WatchParts, 'db' | 'platform' | 'now' | 'monotonic' | 'newId' | 'log'> {
  readonly cycle: CycleParts;
  readonly hold: WatchHold;
  readonly ages: AgeKeeper;
  readonly reserve: Reserve;
  readonly stopping: AbortSignal;
}

export interface Poller {
  /** Runs one poll and what is due right after it. Never rejects. */
  poll(): Promise<CycleOutcome>;
  /** Whether to skip a scheduled poll because the budget has no room for it yet. */
  isTooSoon(): boolean;
}

/** A poll continues where the last one was cut short, and starts over after a failed one. */
export function createPoller(parts: PollerParts): Poller {
  const { db, log, hold, reserve } = parts;
  const newFailures = createNewFailures(parts);
  let pass = NEW_PASS;
  /** When the active lists were last read from the start, in monotonic time. */
  let begunAt = Number.NEGATIVE_INFINITY;

  async function read(began: number, seconds: () => number) {
    await parts.ages.settle();
    const signal = hold.whileOurs();
    if (pass === NEW_PASS) begunAt = began;
    await reserve.begin();
    const report = await runCycle({ ...parts.cycle, confirm: hold.confirmWhile(signal) }, pass, signal);
    pass = report.pass;
    if (report.whole) await reserve.keepFor(report.active);
    const outcome = report.whole ? ('good' as const) : ('cut-short' as const);
    log.info(cycleFields(report, outcome, seconds()), 'cycle');
    await writeLastTrouble(db, null);
    if (report.whole) await endBlindness(parts);
    const took = seconds();
    const calls = report.calls + (await newFailures.read(report, signal));
    return { outcome, seconds: took, report: { ...report, calls } };
  }

  async function countFailure(error: unknown): Promise<void> {
    if (!hold.isOurs()) return;
    const trouble = troubleOf(error);
    await writeLastTrouble(db, trouble);
    await countFailedPoll(parts, trouble);
  }

  async function fail(error: unknown, seconds: number): Promise<'failed' | 'elsewhere'> {
    const lost = hold.lossOf(error);
    if (lost !== null) {
      log.warn(errorFields(lost), 'another process watches now; what this one read is left out');
      return 'elsewhere';
    }
    if (!parts.stopping.aborted) {
      const fields = { outcome: 'failed', seconds, ...errorFields(error) };
      log.error(fields, 'cycle failed; the next one reads afresh');
      await countFailure(error).catch((second: unknown) =>
        log.error(errorFields(second), 'the failed look could not be counted'),
      );
    }
    return 'failed';
  }

  async function poll(): Promise<CycleOutcome> {
    const at = parts.now();
    const began = parts.monotonic();
    const seconds = () => (parts.monotonic() - began) / 1_000;
    try {
      if (!(await hold.claim())) return { outcome: 'elsewhere', at, seconds: seconds() };
      return { at, ...(await read(began, seconds)) };
    } catch (error) {
      pass = NEW_PASS;
      const outcome = await fail(error, seconds());
      return outcome === 'failed'
        ? { outcome, at, seconds: seconds(), error }
        : { outcome, at, seconds: seconds() };
    }
  }

  return {
    poll: () => correlated(parts.newId().slice(0, 8), poll),
    // A reading that was cut short continues as soon as it can.
    isTooSoon: () => pass === NEW_PASS && reserve.tooSoon(parts.monotonic() - begunAt),
  };
}

function cycleFields(report: CycleReport, outcome: string, seconds: number) {
  const { calls, active, changes, notifications } = report;
  return { outcome, seconds, calls, active, changed: changes.length, notifications };
}
