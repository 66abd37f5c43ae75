import { CallAbortedError } from '../errors.ts';

/** Waits for shared work without stopping it: when the signal fires, only this waiter gives up, by a CallAbortedError. */
export async function untilAborted<Result>(work: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  if (signal === undefined) return work;
  if (signal.aborted) throw new CallAbortedError();
  const gaveUp = Promise.withResolvers<never>();
  const giveUp = () => gaveUp.reject(new CallAbortedError());
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([work, gaveUp.promise]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
