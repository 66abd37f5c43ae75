/** Rung when there is something new. A ring calls the listeners and aborts the signal from `next`. */
export interface Bell {
  ring(): void;
  /** Calls the listener at every ring from now on. Returns a function that ends this. */
  onRing(listener: () => void): () => void;
  /** Returns a signal that aborts at the next ring. It replaces the previous one. */
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
