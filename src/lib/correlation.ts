import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The id of the question or cycle that is being worked on. It keeps no state of its own: what is read from it hangs on who
 * asks. Handed from function to function instead, it would be a parameter of nearly every one, for the log's sake alone.
 */
const current = new AsyncLocalStorage<string>();

/** Runs the work, and all that comes of it, under an id that each of its log lines then carries. */
export function correlated<Result>(id: string, work: () => Result): Result {
  return current.run(id, work);
}

/** The id of what is being worked on; undefined outside of any. */
export function correlationNow(): string | undefined {
  return current.getStore();
}
