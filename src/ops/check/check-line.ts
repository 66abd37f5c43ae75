import { OperationalError } from '../../lib/operational-error.ts';

/** One result of `check`, with advice if something is wrong. */
export interface CheckLine {
  readonly ok: boolean;
  readonly text: string;
}

/** The line for a check that could not be completed. */
export function failed(part: string, error: unknown): CheckLine {
  if (error instanceof OperationalError)
    return { ok: false, text: `${part}: ${error.message} ${error.advice}` };
  return { ok: false, text: `${part}: ${error instanceof Error ? error.message : String(error)}` };
}
