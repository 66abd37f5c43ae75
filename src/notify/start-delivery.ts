import { every } from '../lib/cron.ts';
import { errorFields } from '../lib/operational-error.ts';
import { createBell } from '../lib/work/bell.ts';
import { createBatches } from '../lib/work/in-batches.ts';
import { createRounds } from '../lib/work/rounds.ts';
import { readBusyChannels } from '../store/notification/outbox.ts';
import { recordSendings } from '../store/notification/sendings.ts';
import type { DeliveryParts } from './delivery-parts.ts';
import { createSearch } from './find-sent.ts';
import { createNotificationReader } from './notification-reader.ts';
import { createLanes, REST_AFTER_ERROR } from './open-lanes.ts';

/** How often to check for what other processes put into the outbox. */
const EVERY_SECOND = every(1_000);

export interface Delivery {
  /** Checks for new work. Cheap; called after each cycle and at startup. */
  wake(): void;
  /** Takes no new work, and resolves once everything in progress is sent and recorded. */
  stop(): Promise<void>;
}

/**
 * Delivers the outbox: each channel in its own lane, in order, at the pace Slack allows. Each process takes the lanes
 * it finds free, and keeps a lane until it is empty or the process is gone.
 */
export function startDelivery(parts: DeliveryParts): Delivery {
  const { db, log, leases } = parts;
  const stopping = new AbortController();
  const work = createBell();
  const lanes = createLanes({
    ...parts,
    read: createNotificationReader(db),
    record: createBatches((steps) => recordSendings(db, steps)),
    find: createSearch(parts.clientFor, parts.monotonic),
    stopping: stopping.signal,
    onEnd: work.ring,
  });
  const looks = createRounds(async () => {
    try {
      await lanes.open(await readBusyChannels(db));
      return false;
    } catch (error) {
      log.error(errorFields(error), 'the outbox could not be read; it is tried again shortly');
      await parts.delay(REST_AFTER_ERROR, stopping.signal).catch(() => undefined);
      return true;
    }
  }, stopping.signal);
  work.onRing(lanes.ring);
  work.onRing(looks.ask);
  const unschedule = leases.shared ? parts.schedule('outbox', EVERY_SECOND, work.ring) : null;
  work.ring();
  return {
    wake: work.ring,
    async stop() {
      stopping.abort();
      unschedule?.();
      await looks.ended();
      await lanes.ended();
    },
  };
}
