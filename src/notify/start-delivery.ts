import { type Bell, createBell } from '../lib/bell.ts';
import { every } from '../lib/cron.ts';
import { errorFields } from '../lib/error-fields.ts';
import { createBatches } from '../lib/in-batches.ts';
import { readBusyChannels } from '../store/notification/outbox.ts';
import { recordSendings } from '../store/notification/sendings.ts';
import type { DeliveryParts, LaneParts } from './delivery-parts.ts';
import { createSearch } from './find-sent.ts';
import { createNoticeReader } from './notification-reader.ts';
import { type Pace, runLane } from './run-lane.ts';

/** What other processes put into the outbox is looked for. */
const EVERY_SECOND = every(1_000);
/** After an error of our own (the store, say) a channel rests this long. */
const REST_AFTER_ERROR = 5_000;

export interface Delivery {
  /** Looks for new work. Cheap; called after each cycle and at start. */
  wake(): void;
  /** Takes nothing new, lets what is being sent be finished and recorded, and resolves then. */
  stop(): Promise<void>;
}

/**
 * Delivers the outbox: each channel in its own lane, in order, at the pace Slack allows. Of several processes each takes the
 * lanes it finds free, and a lane is one process's until it is empty or the process is gone.
 */
export function startDelivery(parts: DeliveryParts): Delivery {
  const { db, monotonic, delay, log, leases, clientFor } = parts;
  const laneParts: LaneParts = {
    ...parts,
    read: createNoticeReader(db),
    record: createBatches((steps) => recordSendings(db, steps)),
    find: createSearch(clientFor, monotonic),
  };
  const stopping = new AbortController();
  const lanes = new Map<string, { readonly running: Promise<void>; readonly bell: Bell }>();
  const pace: Pace = { nextPostAt: new Map(), nextEditAt: Number.NEGATIVE_INFINITY };
  let looking: Promise<void> | null = null;
  let lookAgain = false;

  const pause = (milliseconds: number) =>
    delay(Math.max(1, milliseconds), stopping.signal).catch(() => undefined);
  const openLane = (channel: string) => {
    if (lanes.has(channel) || stopping.signal.aborted) return;
    const isOurs = () => leases.holds(nameOf(channel));
    const bell = createBell();
    const running = runLane(laneParts, { channel, pace, isOurs, stopping: stopping.signal, bell })
      .catch(async (error: unknown) => {
        log.error({ channel, ...errorFields(error) }, 'delivery to a channel stumbled; it goes on shortly');
        await pause(REST_AFTER_ERROR);
        wake();
      })
      .then(() => leases.release([nameOf(channel)]))
      .catch((error: unknown) => log.warn({ channel, ...errorFields(error) }, 'a lane is not given back'))
      .finally(() => {
        lanes.delete(channel);
        // Something may have come in between the lane's last look and its end.
        wake();
      });
    lanes.set(channel, { running, bell });
  };
  const look = async () => {
    do {
      lookAgain = false;
      const busy = (await readBusyChannels(db)).filter((channel) => !lanes.has(channel));
      const ours = new Set(await leases.claim(busy.map(nameOf)));
      for (const channel of busy) if (ours.has(nameOf(channel))) openLane(channel);
    } while (lookAgain && !stopping.signal.aborted);
  };
  const wake = () => {
    for (const { bell } of lanes.values()) bell.ring();
    lookAgain = true;
    if (stopping.signal.aborted || looking) return;
    looking = look()
      .catch(async (error: unknown) => {
        log.error(errorFields(error), 'the outbox could not be read; it is tried again shortly');
        await pause(REST_AFTER_ERROR);
        lookAgain = true;
      })
      .finally(() => {
        looking = null;
        // Woken after the last look and before its end was known.
        if (lookAgain) wake();
      });
  };
  const unschedule = leases.shared ? parts.schedule('outbox', EVERY_SECOND, wake) : null;
  wake();
  return {
    wake,
    async stop() {
      stopping.abort();
      unschedule?.();
      await looking;
      await Promise.all([...lanes.values()].map(({ running }) => running));
    },
  };
}

function nameOf(channel: string): string {
  return `lane:${channel}`;
}
