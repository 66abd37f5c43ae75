import type { Logger } from 'pino';

/** Exit codes (sysexits): the command line, the settings, anything else. */
export const EXIT = { ok: 0, failed: 1, usage: 64, settings: 78 } as const;

/** So long what is still open at the end may take to close. Milliseconds. */
const PATIENCE = 1_000;

/**
 * Ends the process with this code as soon as nothing is open any more. Not by `process.exit` at once: that may wait for ever
 * for a compiler thread of V8, which waits for a collection (nodejs/node#54918); a process that ends by itself takes V8 down
 * in order. What is open all the same after a moment is named, and cut off.
 */
export function endWith(code: number, log: Logger): void {
  process.exitCode = code;
  setTimeout(() => {
    log.warn({ open: process.getActiveResourcesInfo() }, 'something is still open at the end; it is cut off');
    process.exit();
  }, PATIENCE).unref();
}

/** Ends with plain lines instead of a stack trace: what is wrong is outside of the program, and nothing is open yet. */
export function refuse(code: number, lines: readonly string[]): void {
  for (const line of lines) console.error(line);
  process.exitCode = code;
}
