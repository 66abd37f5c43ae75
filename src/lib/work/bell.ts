/** Rung when there is something new; heard by those who listen and by the one who waits. */
export interface Bell {
  ring(): void;
  /** Calls the listener at every ring from now on. Returns what ends that. */
  onRing(listener: () => void): () => void;
  /** Aborts at the next ring from now on; the signal before it is heard no more. */
  next(): AbortSignal;
}

export function createBell(): Bell {
  const listeners = new Set<() => void>();
  let rung = new AbortController();
  return {
    ring() {
      rung.abort();
      for (const listener of listeners) listener();
    },
    onRing(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    next() {
      rung = new AbortController();
      return rung.signal;
    },
  };
}
