import { errorFields } from '../lib/operational-error.ts';
import { type Bell, createBell } from '../lib/work/bell.ts';
import type { LaneParts } from './delivery-parts.ts';
import { type Pace, runLane } from './run-lane.ts';

/** Milliseconds a channel rests after an error on our side, such as one in the store. */
export const REST_AFTER_ERROR = 5_000;

/** The lanes of this process, one for each channel with something to deliver. */
export interface Lanes {
  /** Opens lanes for those channels that have none here and belong to no other process. */
  open(channels: readonly string[]): Promise<void>;
  /** Wakes every lane: there may be something new. */
  ring(): void;
  /** Resolves when no lane is open. Call it after `stopping` has fired. */
  ended(): Promise<void>;
}

export interface LanesParts extends LaneParts {
  readonly stopping: AbortSignal;
  /** Called when a lane has ended: something may have arrived after its last read. */
  readonly onEnd: () => void;
}

export function createLanes(parts: LanesParts): Lanes {
  const { leases, log, stopping, onEnd } = parts;
  const lanes = new Map<string, { readonly running: Promise<void>; readonly bell: Bell }>();
  const pace: Pace = { nextPostAt: new Map(), nextEditAt: Number.NEGATIVE_INFINITY };

  async function run(channel: string, bell: Bell): Promise<void> {
    const isOurs = () => leases.holds(nameOf(channel));
    try {
      await runLane(parts, { channel, pace, isOurs, stopping, bell });
    } catch (error) {
      log.error({ channel, ...errorFields(error) }, 'delivery to a channel stumbled; it goes on shortly');
      await parts.delay(REST_AFTER_ERROR, stopping).catch(() => undefined);
    }
    await leases
      .release([nameOf(channel)])
      .catch((error: unknown) => log.warn({ channel, ...errorFields(error) }, 'a lane is not given back'));
    lanes.delete(channel);
    onEnd();
  }

  return {
    async open(channels) {
      const closed = channels.filter((channel) => !lanes.has(channel));
      const ours = new Set(await leases.claim(closed.map(nameOf)));
      for (const channel of closed) {
        if (!ours.has(nameOf(channel)) || stopping.aborted) continue;
        const bell = createBell();
        lanes.set(channel, { running: run(channel, bell), bell });
      }
    },
    ring() {
      for (const { bell } of lanes.values()) bell.ring();
    },
    async ended() {
      await Promise.all([...lanes.values()].map(({ running }) => running));
    },
  };
}

function nameOf(channel: string): string {
  return `lane:${channel}`;
}
