import type { Trouble } from '../core/question/answer.ts';
import { OperationalError } from '../lib/operational-error.ts';

/** How long to wait for the platform before the mirror answers, in milliseconds. */
export const PATIENCE = 2_000;

export type Live<Result> =
  | { readonly kind: 'answer'; readonly result: Result }
  | { readonly kind: 'no-answer'; readonly because: Trouble };

/**
 * Calls the platform, but gives up after `patience` milliseconds. Expected errors become `no-answer`, except
 * those that match `throwOn`, such as an unknown id: they are thrown.
 */
export async function askLive<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  throwOn: (error: OperationalError) => boolean = () => false,
  patience = PATIENCE,
): Promise<Live<Result>> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), patience);
  try {
    return { kind: 'answer', result: await work(giveUp.signal) };
  } catch (error) {
    if (!(error instanceof OperationalError) || throwOn(error)) throw error;
    if (giveUp.signal.aborted) return { kind: 'no-answer', because: slow(patience) };
    return { kind: 'no-answer', because: { message: error.message, advice: error.advice } };
  } finally {
    clearTimeout(timer);
  }
}

function slow(patience: number): Trouble {
  return {
    message: `The platform has not answered within ${patience / 1_000} s.`,
    advice: 'Ask again in a while for live figures.',
  };
}

/** Turns an expected error into words for the asker. Anything else is a bug and is rethrown. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof OperationalError) return { message: error.message, advice: error.advice };
  throw error;
}
