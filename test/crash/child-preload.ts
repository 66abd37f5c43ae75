import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { observeActivity } from './activity.ts';
import { type BoardOrder, openBoard } from './board.ts';
import { createJumpingClock } from './jumping-clock.ts';
import type { Point } from './points.ts';
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
const NOBODY = new AbortController().signal;
const wait = async <Value>(milliseconds = 0, value?: Value, options?: { readonly signal?: AbortSignal }) => {
  await clock.delay(milliseconds, options?.signal ?? NOBODY);
  // Without a value it resolves with nothing, as Node's own does.
  return value as Value;
};
timers.setTimeout = wait;
syncBuiltinESMExports();

/** Nobody is left to end this process once the test that started it was killed itself. */
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, 1_000).unref();

/** Orders that were there before this life are the ones its start counts for. */
const orderAtBirth = board.ordered()?.number ?? 0;
let counting: BoardOrder | null = null;
let left = 0;

function pass(point: Point | null): void {
  const order = point === null ? null : board.ordered();
  if (order === null || order.number <= board.carriedOut()) return;
  if (order.number !== counting?.number) {
    counting = order;
    left = order.nth;
  }
  if (order.point !== point || (point === 'while it starts' && order.number !== orderAtBirth)) return;
  left -= 1;
  if (left > 0) return;
  board.carryOut(order.number);
  process.kill(process.pid, 'SIGKILL');
}

const points = createStatementPoints();
watchStatements(() => ({
  before(statement) {
    activity.note();
    pass('while it starts');
    pass(points.before(statement));
  },
  after: (statement) => pass(points.after(statement)),
}));
