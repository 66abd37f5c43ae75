import type { Trouble } from '../core/question/answer.ts';
import { OperationalError } from '../lib/operational-error.ts';

/** Describes an error for people; unexpected errors send them to the log. */
export function troubleOf(error: unknown): Trouble {
  return error instanceof OperationalError
    ? { message: error.message, advice: error.advice }
    : { message: 'An unexpected error stopped it.', advice: 'Look into the log.' };
}
