import { failedDevices } from '../../../core/task/tally.ts';
import { readWatchedTasks } from '../../../store/task/tasks.ts';
import type { QuestionParts } from '../../answer/answer.ts';
import type { PressParts } from '../on-press.ts';
import { openDetail } from './open-detail.ts';

/** Devices: opens a task's modal at its devices, showing the failed ones if there are any. */
export function taskDevices(parts: PressParts & QuestionParts) {
  return openDetail(parts, async (state) => {
    const watched = (await readWatchedTasks(parts.db, [state.operationId])).get(state.operationId);
    const failed = watched === undefined ? null : failedDevices(watched.task.tally);
    return { ...state, tab: 'devices', status: (failed ?? 0) > 0 ? 'failed' : 'all' };
  });
}
