import type { Trouble } from '../core/question/answer.ts';
import { OperationalError } from '../lib/operational-error.ts';

/** An error in words for people; what only a programmer can mend sends them to the log. */
export function troubleOf(error: unknown): Trouble {
  return error instanceof OperationalError
    ? { message: error.message, advice: error.advice }
    : { message: 'An unexpected error stopped it.', advice: 'Look into the log.' };
}
