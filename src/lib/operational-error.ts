/**
 * Whether repeating is safe. `never-sent`: nothing reached the other side; `ambiguous`: it may have acted, but its
 * answer was lost; `refused`: it said no and will again; `wait`: it will accept later.
 */
export type Repeat = 'never-sent' | 'ambiguous' | 'refused' | 'wait';

export interface OperationalErrorDetails {
  /** Stable, in kebab-case; used in logs, metrics and tests. */
  readonly code: string;
  /** What the reader should do next: a full sentence. */
  readonly advice: string;
  readonly repeat: Repeat;
  readonly cause?: unknown;
}

/** An anticipated error: it says what happened, what to do, and whether repeating is safe. */
export class OperationalError extends Error {
  readonly code: string;
  readonly advice: string;
  readonly repeat: Repeat;

  constructor(message: string, details: OperationalErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code;
    this.advice = details.advice;
    this.repeat = details.repeat;
  }
}

/** An error's fields for a log line: its code and advice if it has them, never a body or a header. */
export function errorFields(error: unknown) {
  if (error instanceof OperationalError) {
    return { code: error.code, problem: error.message, advice: error.advice, repeat: error.repeat };
  }
  return { err: error };
}
