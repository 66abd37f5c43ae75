import type { Board } from './board.ts';
import type { KillOrder } from './tripwire.ts';

/** Kill orders that a process carries out on itself, handed to it through the board one at a time. */
export interface BoardOrders {
  arm(order: KillOrder): void;
  /** Orders carried out since the last call. Called whenever a process has died. */
  collect(): readonly KillOrder[];
}

export function createBoardOrders(board: Board): BoardOrders {
  let waiting: readonly KillOrder[] = [];
  let current: KillOrder | null = null;
  let number = 0;
  const next = () => {
    [current = null, ...waiting] = waiting;
    if (current !== null) number += 1;
    board.order(current && { number, point: current.point, nth: current.nth });
  };
  return {
    arm(order) {
      waiting = [...waiting, order];
      // One of an earlier step that was never reached must not stand in the way of the others.
      if (current === null || current.step < order.step) next();
    },
    collect() {
      if (current === null || board.carriedOut() !== number) return [];
      const done = current;
      next();
      return [done];
    },
  };
}
