import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What comes of some work within so many milliseconds; null when it takes longer or fails. The work goes on, so that what
 * it finds out is there for whoever asks next. Real time, since it is people's and Slack's patience that is measured.
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
