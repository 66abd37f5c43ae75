/** Work that looks for what is new: one round at a time, and one more where somebody asked meanwhile. */
export interface Rounds {
  /** A round begins after this, now or once the one under way is over. Not any more when stopping. */
  ask(): void;
  /** Resolves when no round is under way; to be asked once `stopping` has fired. */
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
