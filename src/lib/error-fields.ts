import { OperationalError } from './operational-error.ts';

/** What of an error belongs into a log line: its code and advice where it has them, never a body or a header. */
export function errorFields(error: unknown) {
  if (error instanceof OperationalError) {
    return { code: error.code, problem: error.message, advice: error.advice, repeat: error.repeat };
  }
  return { err: error };
}
