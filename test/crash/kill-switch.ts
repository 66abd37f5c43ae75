import type { Board, BoardOrder } from './board.ts';
import type { Point } from './points.ts';

/**
 * Carries out on this very process what the board orders: where it is ordered to, it kills itself as the kernel kills,
 * without a word. Called at every point that is passed; null: at none.
 */
export function createKillSwitch(board: Board): (point: Point | null) => void {
  /** Orders that were there before this life are the ones its start counts for. */
  const orderAtBirth = board.ordered()?.number ?? 0;
  let counting: BoardOrder | null = null;
  let left = 0;
  return (point) => {
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
  };
}
