import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The id of the question or cycle in progress. Not shared state: each caller reads the id of its own work. As an
 * argument, it would be a parameter of nearly every function, only for the log.
 */
const current = new AsyncLocalStorage<string>();

/** Runs work, and everything it starts, under an id that all its log lines carry. */
export function correlated<Result>(id: string, work: () => Result): Result {
  return current.run(id, work);
}

/** The id of the work in progress; undefined outside of any. */
export function correlationNow(): string | undefined {
  return current.getStore();
}
