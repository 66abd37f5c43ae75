import { OperationalError } from '../lib/operational-error.ts';

/** System errors the operator can fix, by Node's error code. */
const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'PORT is in use by another program: choose another port or stop that program.'],
  ['EACCES', 'PORT may not be opened by this user: choose one above 1023.'],
]);

/** One line for the operator on why the program did not start. */
export function describeFailure(error: unknown): string {
  if (error instanceof OperationalError) return `${error.message} ${error.advice}`;
  return sentenceOf(error) ?? `The start failed: ${error instanceof Error ? error.message : String(error)}`;
}

/** True for bugs in the bot, which need a stack trace in the log. */
export function isBug(error: unknown): boolean {
  return !(error instanceof OperationalError) && sentenceOf(error) === null;
}

function sentenceOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return SENTENCES.get(code) ?? null;
}
