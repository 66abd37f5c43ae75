import type { Logger } from 'pino';
import type { Instant } from '../lib/instant.ts';
import type { OnSlackCall } from '../slack/out/web-clients.ts';
import { watchClock } from './watch-clock.ts';

export interface SlackWatch {
  readonly onCall: OnSlackCall;
  /** Slack's clock, estimated from its responses. */
  readonly now: () => Instant;
}

/** Logs every Slack call at debug level, follows Slack's clock, and warns when the clocks diverge. */
export function watchSlack(log: Logger, next: OnSlackCall): SlackWatch {
  const differs = watchClock(log, 'slack');
  // Uses the machine's clock because `clockAhead` is measured against it too.
  const clock = followClock(Date.now);
  return {
    now: clock.now,
    onCall(event) {
      const { method, outcome, milliseconds, clockAhead } = event;
      log.debug({ method, outcome, milliseconds }, 'slack call');
      differs(clockAhead);
      clock.heard(clockAhead);
      next(event);
    },
  };
}

/** Another machine's clock, estimated from its responses. */
export interface FollowedClock {
  /** `ahead`: how far our clock was ahead, in milliseconds (see `clockAhead`); null if a response did not say. */
  heard(ahead: number | null): void;
  /** The other clock's current time; our own time until the first response. */
  now(): Instant;
}

/** `ours` is the clock `ahead` was measured with. */
export function followClock(ours: () => Instant): FollowedClock {
  let ahead = 0;
  return {
    heard(measured) {
      ahead = measured ?? ahead;
    },
    now: () => ours() - ahead,
  };
}
