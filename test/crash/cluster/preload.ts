import pg from 'pg';
import { openBoard } from '../board.ts';
import { endWithParent } from '../end-with-parent.ts';
import { createKillSwitch } from '../kill-switch.ts';
import { createStatementPoints, type StatementPoints } from '../statement-points.ts';

/**
 * Loaded before the program (`node --import`): the program is the one that runs in production, but its clock is ahead
 * by what the test says, and where it is ordered to, at a statement to PostgreSQL, it kills itself as the kernel kills.
 */
const board = openBoard(process.env.CRASH_BOARD ?? '');
const realNow = Date.now.bind(Date);
Date.now = () => realNow() + board.offset.read();
// What the script moves on has passed: nobody set a clock.
const realMonotonic = performance.now.bind(performance);
performance.now = () => realMonotonic() + board.offset.read();
endWithParent();
const pass = createKillSwitch(board);

/** Each connection has transactions of its own. */
const connections = new WeakMap<object, StatementPoints>();
const query = pg.Client.prototype.query;

function watched(this: pg.Client, ...given: readonly unknown[]): unknown {
  const [sql, values = []] = given;
  const ask = () => Reflect.apply(query, this, given);
  // The store asks with a text and its values; `pg` itself never asks anything.
  if (typeof sql !== 'string' || !Array.isArray(values)) return ask();
  const points = connections.get(this) ?? createStatementPoints();
  connections.set(this, points);
  const statement = { sql, values };
  pass('while it starts');
  pass(points.before(statement));
  return Promise.resolve(ask()).then((result) => {
    pass(points.after(statement));
    return result;
  });
}
// The overloads of `query` cannot be written down once more; every call is passed on as it came.
pg.Client.prototype.query = watched as typeof query;
