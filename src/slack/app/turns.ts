import { setImmediate } from 'node:timers/promises';
import { createOneAtATime } from '../../lib/work/one-at-a-time.ts';

/**
 * Gives way to requests that are waiting to be acknowledged. Many people asking at once are acknowledged first: the
 * work of one question begins only after another turn of the event loop, one question each turn.
 */
export function createTurns(): () => Promise<void> {
  const serially = createOneAtATime();
  return () => serially(() => setImmediate());
}
