import type { Fleet } from '../../src/sandbox/platform/index.ts';
import type { Move } from './script.ts';

/** After so long a task's window is over, in milliseconds: beyond all downtimes of a script, within its long jumps. */
const WINDOW = 4 * 3_600_000;

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
        ...(move.window && { endTime: fleet.now() + WINDOW }),
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
