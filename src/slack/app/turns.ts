import { setImmediate } from 'node:timers/promises';
import { createOneAtATime } from '../../lib/work/one-at-a-time.ts';

/**
 * Lets waiting requests be acknowledged first when many arrive at once: each question's work starts only
 * after another turn of the event loop, one question per turn.
 */
export function createTurns(): () => Promise<void> {
  const serially = createOneAtATime();
  return () => serially(() => setImmediate());
}
