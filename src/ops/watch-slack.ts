import type { Logger } from 'pino';
import type { Instant } from '../lib/instant.ts';
import type { OnSlackCall } from '../slack/out/web-clients.ts';
import { watchClock } from './watch-clock.ts';

export interface SlackWatch {
  readonly onCall: OnSlackCall;
  /** Slack's clock, as far as its answers tell. */
  readonly now: () => Instant;
}

/** Follows the calls to Slack, and its clock: one line for each call at debug, and a word when the clocks part. */
export function watchSlack(log: Logger, next: OnSlackCall): SlackWatch {
  const differs = watchClock(log, 'slack');
  // By the machine's own clock, with which each answer is compared as well.
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

/** Another machine's clock, as far as its answers tell. */
export interface FollowedClock {
  /** `ahead`: how far ours was ahead of it, in milliseconds (see `clockAhead`); null where an answer did not tell. */
  heard(ahead: number | null): void;
  /** What it shows now; before the first answer what ours shows. */
  now(): Instant;
}

/** `ours` is the clock it is compared with. */
export function followClock(ours: () => Instant): FollowedClock {
  let ahead = 0;
  return {
    heard(measured) {
      ahead = measured ?? ahead;
    },
    now: () => ours() - ahead,
  };
}
