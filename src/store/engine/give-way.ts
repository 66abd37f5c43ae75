import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KyselyPlugin } from 'kysely';

/** An event loop turn shorter than this did no work. Milliseconds. */
const IDLE_TURN = 0.3;
/** Work resumes after this long, however much else is waiting. Milliseconds. */
const LONGEST = 100;

/**
 * Lets all waiting work run first. One turn of the event loop accepts only one new connection, so fifty
 * people asking at once would wait for fifty portions of the work that gives way. `now` counts milliseconds.
 */
export async function giveWay(now: () => number = () => performance.now()): Promise<void> {
  const begun = now();
  for (let turn = begun; turn - begun < LONGEST; ) {
    await nextTurn();
    const after = now();
    if (after - turn < IDLE_TURN) return;
    turn = after;
  }
}

/** How long statements run back to back before other work gets a turn. Milliseconds. */
const BREATH_EVERY = 5;

/**
 * Lets requests be acknowledged between the statements of long work. SQLite answers synchronously: a thousand
 * statements in a row would block the event loop for seconds.
 */
export function createBreathing(): KyselyPlugin {
  /** When the first statement of this event loop turn ended; null before that. */
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
