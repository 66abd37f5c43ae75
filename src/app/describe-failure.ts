import { OperationalError } from '../lib/operational-error.ts';

/** Failures of the machine that people can mend, by Node's code. */
const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'PORT is in use by another program: choose another port or stop that program.'],
  ['EACCES', 'PORT may not be opened by this user: choose one above 1023.'],
]);

/** Why the program did not start, in a line for whoever started it. */
export function describeFailure(error: unknown): string {
  if (error instanceof OperationalError) return `${error.message} ${error.advice}`;
  return sentenceOf(error) ?? `The start failed: ${error instanceof Error ? error.message : String(error)}`;
}

/** Whether it is a bug of ours, which needs its stack in the log. */
export function isBug(error: unknown): boolean {
  return !(error instanceof OperationalError) && sentenceOf(error) === null;
}

function sentenceOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return SENTENCES.get(code) ?? null;
}
