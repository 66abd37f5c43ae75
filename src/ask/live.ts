import type { Trouble } from '../core/question/answer.ts';
import { OperationalError } from '../lib/operational-error.ts';

/** The platform is slow when it has not answered after this time, in milliseconds; then the mirror answers. */
export const PATIENCE = 2_000;

export type Live<Result> =
  | { readonly kind: 'answer'; readonly result: Result }
  | { readonly kind: 'no-answer'; readonly because: Trouble };

/**
 * Asks the platform, but not for longer than people like to wait. Errors that people can do nothing about here, such
 * as an id that does not exist, are told apart by `throwOn` and thrown.
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

/** An expected error in words for the person who asked. Anything else is a bug of ours and is thrown on. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof OperationalError) return { message: error.message, advice: error.advice };
  throw error;
}
