import { giveWay } from '../store/engine/give-way.ts';

/** Milliseconds of work before anything else that waits gets its turn. */
const TURN = 5;

/** Runs work in small steps, so that requests are acknowledged in between. */
export async function inTurns<Result>(steps: Generator<unknown, Result>): Promise<Result> {
  let begun = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - begun < TURN) continue;
    await giveWay();
    begun = performance.now();
  }
}
