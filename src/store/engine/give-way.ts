import { setImmediate as nextTurn } from 'node:timers/promises';

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
