import type { Logger } from 'pino';
import { errorFields } from '../lib/operational-error.ts';
import { type CallEvent, MADE_AGAIN } from '../platform/transport/transport.ts';
import { watchClock } from './watch-clock.ts';

/** Outcomes that concern a single request or connection; platform and bot are fine. */
const OF_NO_CONCERN: ReadonlySet<string> = new Set([
  'task-not-found',
  'device-not-found',
  'bad-device-parameter',
  'bad-request',
  'page-beyond-limit',
  'call-aborted',
  MADE_AGAIN,
]);

/**
 * Logs every platform call at debug level, and one warning with advice whenever the problem changes. A
 * process that only answers people needs this: it has no poll cycles whose failures would be logged.
 */
export function watchPlatform(log: Logger, next: (event: CallEvent) => void): (event: CallEvent) => void {
  const clock = watchClock(log, 'platform');
  let wrong = 'ok';
  return (event) => {
    const { call, outcome, milliseconds, priority, error, clockAhead } = event;
    log.debug({ call, outcome, milliseconds, priority }, 'platform call');
    clock(clockAhead);
    next(event);
    if (outcome === wrong || OF_NO_CONCERN.has(outcome)) return;
    wrong = outcome;
    if (outcome === 'ok') log.info('the platform answers as it should again');
    else log.warn({ call, ...errorFields(error) }, 'the platform does not answer as it should');
  };
}
