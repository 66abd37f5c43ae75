import { cronRuns, every, intervalOf } from '../lib/cron.ts';
import { createBell } from '../lib/work/bell.ts';
import { createOneAtATime } from '../lib/work/one-at-a-time.ts';
import { createPoller } from './create-poller.ts';
import { createSweeps } from './create-sweeps.ts';
import { createWatchHold } from './hold-watch.ts';
import { createIndexing } from './index-failures.ts';
import { createAgeKeeper } from './keep-ages.ts';
import { createReserve } from './reserve-calls.ts';
import type { CycleParts } from './run-cycle.ts';
import type { CycleOutcome, WatchParts } from './watch-parts.ts';

/** Gap after which the bot counts as having been away: five minutes or five cycles, whichever is longer. */
const DOWNTIME = { milliseconds: 5 * 60_000, cycles: 5 } as const;
/** How often a standby process checks whether to take over. */
const EVERY_FEW_SECONDS = every(5_000);

export interface Watch {
  /** Runs a cycle now, after any cycle in progress; resolves with its outcome. */
  pollNow(): Promise<CycleOutcome>;
  /** Takes no new work, ends the reading in progress at once, and resolves when nothing runs any more. */
  stop(): Promise<void>;
}

/**
 * Polls on schedule, starting now, and sweeps between cycles. Everything that reads and records runs one at a time:
 * recording an older page after a newer one would reverse a task's history. Of several processes on one store, one
 * watches and the others stand by. A process that takes over polls at once, as at startup.
 */
export function startWatch(parts: WatchParts): Watch {
  const { log, leases, schedule } = parts;
  const stopping = new AbortController();
  const serially = createOneAtATime();
  /** Rings whenever this process starts to watch. */
  const begins = createBell();
  const polls = cronRuns(parts.pollSchedule);
  const hold = createWatchHold({ leases, stopping: stopping.signal, log, onBegin: begins.ring });
  const ages = createAgeKeeper({ ...parts, confirm: hold.confirm });
  const reserve = createReserve({ ...parts, polls });
  const cycle: CycleParts = {
    ...parts,
    confirm: hold.confirm,
    recordedAt: ages.now,
    downtimeAfter: Math.max(DOWNTIME.milliseconds, DOWNTIME.cycles * intervalOf(polls, parts.now())),
  };
  const poller = createPoller({ ...parts, cycle, hold, ages, reserve, stopping: stopping.signal });
  const sweeps = createSweeps({ ...parts, cycle, hold, ages, serially, stopping: stopping.signal });
  const index = createIndexing(parts, hold);
  begins.onRing(ages.forget);
  begins.onRing(reserve.forget);
  begins.onRing(sweeps.want);

  const pollNow = async (): Promise<CycleOutcome> => {
    const outcome = await serially(poller.poll);
    if (outcome.outcome === 'elsewhere') return outcome;
    parts.onCycle(outcome);
    sweeps.startIfWanted();
    if (outcome.outcome === 'good') void serially(() => index(outcome.report));
    return outcome;
  };
  const pollOnSchedule = async () => {
    if (poller.isTooSoon()) log.debug({ reason: 'too-soon-for-the-budget' }, 'look left out');
    else await pollNow();
  };
  const standBy = async () => {
    if (!hold.isOurs()) await pollNow();
  };

  const unschedule = [
    schedule('poll', polls, pollOnSchedule),
    schedule('sweep', cronRuns(parts.sweepSchedule), sweeps.start),
    ...(leases.shared ? [schedule('standby', EVERY_FEW_SECONDS, standBy)] : []),
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
