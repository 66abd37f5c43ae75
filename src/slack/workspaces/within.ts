import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The result of some work within so many milliseconds; null if it takes longer or fails. The work continues,
 * so its result is there for the next caller. Real time: this limits how long users and Slack have to wait.
 */
export async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value | null> {
  const over = new AbortController();
  const late = sleep(milliseconds, null, { signal: over.signal, ref: false }).catch(() => null);
  try {
    return await Promise.race([work.catch(() => null), late]);
  } finally {
    over.abort();
  }
}
