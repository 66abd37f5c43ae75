import type { Instant } from './instant.ts';
import { isOver } from './wait.ts';

/** Most answers kept; beyond that, the oldest is dropped and asked for again. */
const MOST = 5_000;

export interface KeptAnswers<Value> {
  /** The kept answer for a key, or else the result of `ask`. Concurrent callers share one call. */
  get(key: string, ask: () => Promise<Value>): Promise<Value>;
  /** Discards what is kept or being asked for a key. */
  forget(key: string): void;
}

/** Keeps answers for `keep` milliseconds. Failures are not kept: the next caller asks again. */
export function createKeptAnswers<Value>(keep: number, now: () => Instant): KeptAnswers<Value> {
  const kept = new Map<string, { readonly value: Value; readonly from: Instant; readonly until: Instant }>();
  const asking = new Map<string, Promise<Value>>();
  const remember = (key: string, value: Value) => {
    kept.delete(key);
    kept.set(key, { value, from: now(), until: now() + keep });
    const [oldest] = kept.keys();
    if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
  };
  return {
    async get(key, ask) {
      const known = kept.get(key);
      if (known && !isOver(known, now())) return known.value;
      const running = asking.get(key);
      if (running) return await running;
      const mine = ask();
      asking.set(key, mine);
      try {
        const value = await mine;
        if (asking.get(key) === mine) remember(key, value);
        return value;
      } finally {
        if (asking.get(key) === mine) asking.delete(key);
      }
    },
    forget(key) {
      kept.delete(key);
      asking.delete(key);
    },
  };
}
