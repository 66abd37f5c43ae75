/** A fault in force that lets calls hang. */
export interface Hanging {
  /** Whether it has hit a call. */
  readonly used: () => boolean;
  readonly clear: () => void;
}

/** The faults by which calls hang: nothing else would ever end them. */
export interface Hangs {
  /** `until`: how long a call hangs: until the caller gives up, or no longer than it takes to notification that it hangs. */
  add(hanging: Hanging, until: 'given-up' | 'noticed'): void;
  /** Ends those that were to be noticed only. */
  release(): void;
  /** Ends all that hit something, and all that do until this work has ended: the caller is dead. */
  releaseDuring(work: () => Promise<void>): Promise<void>;
}

/** Real milliseconds. */
const LOOK_EVERY = 5;

export function createHangs(): Hangs {
  const all = new Map<Hanging, 'given-up' | 'noticed'>();
  const clear = (which: (until: 'given-up' | 'noticed') => boolean) => {
    for (const [hanging, until] of all) {
      if (!which(until) || !hanging.used()) continue;
      hanging.clear();
      all.delete(hanging);
    }
  };
  return {
    add: (hanging, until) => void all.set(hanging, until),
    release: () => clear((until) => until === 'noticed'),
    async releaseDuring(work) {
      const looking = setInterval(() => clear(() => true), LOOK_EVERY);
      await work().finally(() => clearInterval(looking));
    },
  };
}
