/** Rung by whoever knows of something new, and heard by one who may be waiting. */
export interface Bell {
  ring(): void;
  /** Aborts at the next ring from now on; the signal before it is heard no more. */
  next(): AbortSignal;
}

export function createBell(): Bell {
  let rung = new AbortController();
  return {
    ring: () => rung.abort(),
    next() {
      rung = new AbortController();
      return rung.signal;
    },
  };
}
