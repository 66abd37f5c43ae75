import type { Instant } from '../../lib/instant.ts';
import type { Act } from './read-act.ts';

/**
 * How long the same press counts as the one before, milliseconds: a double click takes half a second, and whoever sees
 * nothing happen presses again within two or three. Who has read the answer and wants it anew takes longer.
 */
export const SAME_PRESS = 3_000;
/** No answer takes as long. What has not ended by then never will, and keeps nobody from trying again. Milliseconds. */
const LONGEST = 60_000;
/** Deliveries that are remembered at the most: Slack sends one again within minutes. */
const MOST = 5_000;

export interface Acts {
  /**
   * Begins one. Null: it is the same again, and is to be left alone; else what is to be called when it is over. The same
   * is: another delivery of one act; what is not answered yet; and, where it changes something or posts for others, what
   * was done a moment ago, here or by another process.
   */
  begin(act: Act): Promise<(() => void) | null>;
}

export interface ActParts {
  readonly now: () => Instant;
  /** Takes something on for all processes on the store; false: one of them did in the last so many milliseconds. */
  readonly takeOn: (key: string, milliseconds: number) => Promise<boolean>;
  /** Told why the store could not be asked; then it counts as not taken on. */
  readonly onTrouble: (error: unknown) => void;
}

export function createActs({ now, takeOn, onTrouble }: ActParts): Acts {
  // Both in this process alone: it answers what it began, and what it began dies with it.
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
