import type { Logger } from 'pino';
import type { Instant } from '../lib/instant.ts';
import type { OnSlackCall } from '../slack/out/web-clients.ts';
import { followClock } from './followed-clock.ts';
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
