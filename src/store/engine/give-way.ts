import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KyselyPlugin } from 'kysely';

/** A turn of the event loop in which nothing was done takes less, in milliseconds. */
const IDLE_TURN = 0.3;
/** However much there is to do for others, work goes on after so long, in milliseconds. */
const LONGEST = 100;

/**
 * Lets everything that waits be done first. One turn of the event loop is not enough for that: it takes in one new
 * connection, so that fifty people who ask at once would wait for fifty portions of whatever work gives way.
 */
export async function giveWay(): Promise<void> {
  const begun = performance.now();
  for (let turn = begun; turn - begun < LONGEST; ) {
    await nextTurn();
    const now = performance.now();
    if (now - turn < IDLE_TURN) return;
    turn = now;
  }
}

/** How long statements follow one another before whatever else waits gets its turn, in milliseconds. */
const BREATH_EVERY = 5;

/**
 * Lets requests be acknowledged between the statements of long work. SQLite answers within the call, so that a thousand
 * statements after one another would otherwise be one turn of the event loop, in which nobody is heard for seconds.
 */
export function createBreathing(): KyselyPlugin {
  /** When the first statement of this turn of the event loop ended; null before it. */
  let begun: number | null = null;
  return {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (begun === null) {
        begun = performance.now();
        setImmediate(() => {
          begun = null;
        });
      } else if (performance.now() - begun > BREATH_EVERY) {
        await giveWay();
      }
      return result;
    },
  };
}
