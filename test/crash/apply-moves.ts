import type { Fleet } from '../../sandbox/platform/index.ts';
import { type Move, TIMES } from './script.ts';

/** Moves the simulated platform on, all at once: no look of the bot can fall in between. */
export function applyMoves(fleet: Fleet, moves: readonly Move[]): void {
  for (const move of moves) apply(fleet, move);
}

function apply(fleet: Fleet, move: Move): void {
  switch (move.kind) {
    case 'create': {
      const policy = {
        retryType: true,
        retryTimes: 3,
        ...(move.window && { endTime: fleet.now() + TIMES.window }),
      };
      fleet.addTask({
        ...{ operationId: move.id, type: move.type, status: move.status },
        ...{ tally: { total: move.devices }, policy },
      });
      return;
    }
    case 'start':
      fleet.setStatus(move.id, 'processing');
      return;
    case 'finish':
      fleet.finishDevices(move.id, { success: move.success, fail: move.fail, reason: 'No answer.' });
      return;
    case 'end':
      fleet.setStatus(move.id, move.status);
      return;
    case 'recover':
      fleet.setStatus(move.id, 'processing');
      return;
    case 'vanish':
      fleet.removeTask(move.id);
      return;
  }
}
