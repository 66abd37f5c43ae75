import type { Instant } from '../../lib/instant.ts';
import type { Act } from './read-act.ts';

/**
 * How long a repeated press counts as the same one, in milliseconds. A double click takes half a second, and
 * users who see nothing happen press again within two or three. Asking anew after reading the answer takes
 * longer.
 */
export const SAME_PRESS = 3_000;
/** Longer than any answer takes, in milliseconds. Work that exceeds it is stuck and must not block a retry. */
const LONGEST = 60_000;
/** Most deliveries remembered. Slack redelivers within minutes. */
const MOST = 5_000;

export interface Acts {
  /**
   * Begins an act, and returns the function to call when it ends; null if the act is a repeat to ignore. A
   * repeat is a redelivery, or the same act while it is still being answered. For an act that settles
   * something, so is the same act shortly afterwards, even in another process.
   */
  begin(act: Act): Promise<(() => void) | null>;
}

export interface ActParts {
  readonly now: () => Instant;
  /** Claims a key for all processes on the store; false if one of them did within that many milliseconds. */
  readonly takeOn: (key: string, milliseconds: number) => Promise<boolean>;
  /** Called with the error if the store is unreachable; the act then counts as new. */
  readonly onTrouble: (error: unknown) => void;
}

export function createActs({ now, takeOn, onTrouble }: ActParts): Acts {
  // Per process: each one answers only what it began, and that dies with it.
  const running = new Map<string, Instant>();
  const delivered = new Set<string>();
  const isRunning = (key: string, at: Instant) => {
    const since = running.get(key);
    return since !== undefined && Math.abs(at - since) < LONGEST;
  };
  return {
    async begin({ key, delivery, settles }) {
      const at = now();
      if (isRunning(key, at) || (delivery !== null && delivered.has(delivery))) return null;
      running.set(key, at);
      const end = () => void running.delete(key);
      if (delivery !== null) delivered.add(delivery);
      const [oldest] = delivered;
      if (delivered.size > MOST && oldest !== undefined) delivered.delete(oldest);
      if (!settles) return end;
      const first = await takeOn(key, SAME_PRESS).catch((error: unknown) => {
        onTrouble(error);
        return true;
      });
      if (first) return end;
      end();
      return null;
    },
  };
}
