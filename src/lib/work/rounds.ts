/** Work that checks for what is new: one round at a time, and one more if it was requested meanwhile. */
export interface Rounds {
  /** Starts a round now, or after the one in progress. Does nothing once stopping. */
  ask(): void;
  /** Resolves when no round is in progress. Call it after `stopping` has fired. */
  ended(): Promise<void>;
}

/** `work` never rejects, and returns whether another round is needed anyway. */
export function createRounds(work: () => Promise<boolean>, stopping: AbortSignal): Rounds {
  let running: Promise<void> | null = null;
  let asked = false;
  const run = async () => {
    while (asked && !stopping.aborted) {
      asked = false;
      if (await work()) asked = true;
    }
    running = null;
  };
  return {
    ask() {
      asked = true;
      running ??= run();
    },
    async ended() {
      await running;
    },
  };
}
