import type { Journal } from './journal.ts';

export interface UntilOptions {
  /** How long to wait at most; a safety net, not a pause. */
  readonly timeoutMs?: number;
  /** What is waited for, for the error. */
  readonly what?: string;
}

/**
 * Resolves with the first truthy answer of `look`, asked at once and after each change, and rejects at the limit with a
 * readable dump. Several changes of one turn are looked at once.
 */
export function until<T>(
  journal: Journal,
  look: () => T | false | null | undefined,
  dump: () => string,
  options: UntilOptions = {},
): Promise<T> {
  const { timeoutMs = 60_000, what = 'what was expected' } = options;
  return new Promise<T>((resolve, reject) => {
    let asked = false;
    const finish = (settle: () => void) => {
      clearTimeout(limit);
      stop();
      settle();
    };
    const ask = () => {
      asked = false;
      try {
        const answer = look();
        if (answer) finish(() => resolve(answer));
      } catch (error) {
        finish(() => reject(error));
      }
    };
    const stop = journal.onChange(() => {
      if (asked) return;
      asked = true;
      queueMicrotask(ask);
    });
    const limit = setTimeout(
      () => finish(() => reject(new Error(`${what} did not come within ${timeoutMs} ms\n${dump()}`))),
      timeoutMs,
    );
    ask();
  });
}
