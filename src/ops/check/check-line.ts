import { OperationalError } from '../../lib/operational-error.ts';

/** What `check` found out about one thing, with what to do where it is not well. */
export interface CheckLine {
  readonly ok: boolean;
  readonly text: string;
}

/** The line of a part that could not be tried to the end. */
export function failed(part: string, error: unknown): CheckLine {
  if (error instanceof OperationalError)
    return { ok: false, text: `${part}: ${error.message} ${error.advice}` };
  return { ok: false, text: `${part}: ${error instanceof Error ? error.message : String(error)}` };
}
