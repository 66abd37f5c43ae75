import { giveWay } from '../store/engine/give-way.ts';

/** How long work goes on before whatever else waits gets its turn, in milliseconds. */
const TURN = 5;

/** Does work that comes in small steps, and lets requests be acknowledged in between. */
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
