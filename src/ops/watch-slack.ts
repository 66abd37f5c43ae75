import type { Logger } from 'pino';
import type { OnSlackCall } from '../slack/web-clients.ts';
import { watchClock } from './watch-clock.ts';

/** Follows the calls to Slack: one line each at debug, and a word when the clocks part. */
export function watchSlack(log: Logger, next: OnSlackCall): OnSlackCall {
  const clock = watchClock(log, 'slack');
  return (event) => {
    const { method, outcome, milliseconds, clockAhead } = event;
    log.debug({ method, outcome, milliseconds }, 'slack call');
    clock(clockAhead);
    next(event);
  };
}
