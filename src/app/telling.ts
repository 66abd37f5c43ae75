import type { Config } from '../config/config.ts';
import { realTime } from '../lib/machine-clock.ts';
import { errorFields } from '../lib/operational-error.ts';
import { createTimekeeper } from '../lib/timekeeper.ts';
import type { Closing } from '../lib/work/closing.ts';
import { startDelivery } from '../notify/start-delivery.ts';
import { startUpkeep } from '../notify/start-upkeep.ts';
import { startWatch, type Watch } from '../watch/start-watch.ts';
import { type BotParts, type Common, thresholdsOf } from './common.ts';

/** Starts polling, delivery and scheduled upkeep. */
export function startTelling(
  config: Config,
  { log, clock, schedules, newId }: BotParts,
  common: Common,
  closing: Closing,
): Watch {
  const { db, leases, platform, slack, metrics, bell, inFlight, sharing } = common;
  const { now, monotonic, delay } = clock;
  const { clientFor, isServed } = slack.workspaces;
  const timekeeper = createTimekeeper(schedules, log);
  const { schedule } = timekeeper;
  closing.addDoor('schedules', timekeeper.stop);
  const delivery = startDelivery({
    db,
    leases,
    clientFor,
    now,
    monotonic,
    realTime,
    delay,
    schedule,
    log,
    slackNow: slack.now,
    newId,
    onNotification: metrics.onNotification,
  });
  closing.add('delivery', delivery.stop);
  bell.onRing(delivery.wake);
  // Check now, not at the first upkeep: a channel may have become shared while no process was running.
  void inFlight
    .track(sharing.look())
    .catch((error: unknown) => log.error(errorFields(error), 'no look at sharing'));
  const upkeep = startUpkeep({
    db,
    shared: leases.shared,
    isServed,
    now,
    timekeeper,
    newId,
    log,
    alertChannel: config.watch.alertChannel,
    checkSharing: sharing.look,
    wake: delivery.wake,
  });
  closing.add('upkeep', upkeep.stop);
  // A change made by a user may release notifications that were held back.
  bell.onRing(() => void upkeep.run());
  const watch = startWatch({
    db,
    leases,
    platform: platform.client,
    ledger: platform.ledger,
    callsPerMinute: config.platform.callsPerMinute,
    now,
    monotonic,
    delay,
    schedule,
    log,
    newId,
    thresholds: thresholdsOf(config),
    pollSchedule: config.watch.pollSchedule,
    sweepSchedule: config.watch.sweepSchedule,
    onCycle(outcome) {
      metrics.onCycle(outcome);
      bell.ring();
    },
  });
  closing.addDoor('watch', watch.stop);
  return watch;
}
