import type { Trouble } from '../core/question/answer.ts';
import { OperationalError } from '../lib/operational-error.ts';

/** An expected error in words for the person who asked. Anything else is a bug of ours and is thrown on. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof OperationalError) return { message: error.message, advice: error.advice };
  throw error;
}
