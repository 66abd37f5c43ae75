/** What a process has opened and must close again, each part by name. */
export interface Closing {
  /** Adds a part, which is closed after everything added later. */
  add(name: string, close: () => unknown): void;
  /** Adds an entry point for new work. These are closed first, all at once. */
  addDoor(name: string, close: () => unknown): void;
  /** Closes everything, and rejects afterwards if any part failed. Later calls wait for the same end. */
  close(): Promise<void>;
  /** The names of what is being closed right now. */
  pending(): readonly string[];
}

export function createClosing(): Closing {
  const stack = new AsyncDisposableStack();
  const doors: (() => Promise<void>)[] = [];
  const pending = new Set<string>();
  let closed: Promise<void> | null = null;

  const named = (name: string, close: () => unknown) => async () => {
    pending.add(name);
    try {
      await close();
    } finally {
      pending.delete(name);
    }
  };
  const closeDoors = async () => {
    const closings = await Promise.allSettled(doors.map((close) => close()));
    const failed = closings.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  };
  return {
    add: (name, close) => stack.defer(named(name, close)),
    addDoor: (name, close) => void doors.push(named(name, close)),
    close() {
      if (closed === null) {
        stack.defer(closeDoors);
        closed = stack.disposeAsync();
      }
      return closed;
    },
    pending: () => [...pending],
  };
}
