import type { Logger } from 'pino';

/** Exit codes. `usage` (bad command line) and `settings` follow sysexits. */
export const EXIT = { ok: 0, failed: 1, usage: 64, settings: 78 } as const;

/** How long open resources may take to close at exit, in milliseconds. */
const PATIENCE = 1_000;

/**
 * Ends the process with this code once nothing is open any more. Calling `process.exit` right away can hang
 * forever: it may wait for a V8 compiler thread that is itself waiting for garbage collection
 * (nodejs/node#54918). A process that ends by itself shuts V8 down cleanly. Anything still open after
 * `PATIENCE` is logged and cut off.
 */
export function endWith(code: number, log: Logger): void {
  process.exitCode = code;
  setTimeout(() => {
    log.warn({ open: process.getActiveResourcesInfo() }, 'something is still open at the end; it is cut off');
    process.exit();
  }, PATIENCE).unref();
}

/** Prints plain lines instead of a stack trace: the problem is outside the program, and nothing is open yet. */
export function refuse(code: number, lines: readonly string[]): void {
  for (const line of lines) console.error(line);
  process.exitCode = code;
}
