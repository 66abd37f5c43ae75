import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { observeActivity } from './activity.ts';
import { openBoard } from './board.ts';
import { endWithParent } from './end-with-parent.ts';
import { createJumpingClock } from './jumping-clock.ts';
import { createKillSwitch } from './kill-switch.ts';
import { createStatementPoints } from './statement-points.ts';
import { watchStatements } from './watch-statements.ts';

/**
 * Loaded before the program (`node --import`): the program is the one that runs in production, but its waits jump ahead
 * on the clock of the test, and where it is ordered to, at a statement to its store, it kills itself as the kernel
 * kills: without a word.
 */
const board = openBoard(process.env.CRASH_BOARD ?? '');
const activity = observeActivity();
const clock = createJumpingClock(board.offset, activity, Date.now.bind(Date));
Date.now = clock.now;
// What jumps has passed: nobody set a clock.
const realMonotonic = performance.now.bind(performance);
performance.now = () => realMonotonic() + board.offset.read();
const NOBODY = new AbortController().signal;
interface WaitOptions {
  readonly signal?: AbortSignal;
  readonly ref?: boolean;
}
const realWait = timers.setTimeout;
const wait = async <Value>(milliseconds = 0, value?: Value, options?: WaitOptions) => {
  // Schedules tick in real time: while one waits for its next moment nothing is put off.
  if (options?.ref === false) return await realWait(milliseconds, value, options);
  await clock.delay(milliseconds, options?.signal ?? NOBODY);
  // Without a value it resolves with nothing, as Node's own does.
  return value as Value;
};
timers.setTimeout = wait;
syncBuiltinESMExports();

endWithParent();
const pass = createKillSwitch(board);
const points = createStatementPoints();
watchStatements(() => ({
  before(statement) {
    activity.note();
    pass('while it starts');
    pass(points.before(statement));
  },
  after: (statement) => pass(points.after(statement)),
}));
