import type { DeviceDetail, TaskDetail, Trouble } from '../core/question/answer.ts';
import { readWatchedTasks } from '../store/task/tasks.ts';
import { askDevice } from './ask-device.ts';
import { askTask } from './ask-task.ts';
import type { AskParts } from './parts.ts';

export type LookUp =
  | { readonly kind: 'task'; readonly detail: TaskDetail }
  | { readonly kind: 'device'; readonly detail: DeviceDetail }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

/**
 * Resolves a bare word to a task or a device. A task in the mirror wins, then the device is read. The platform is
 * only queried for a task if there is neither a device nor a task aimed at it.
 */
export async function lookUp(parts: AskParts, id: string): Promise<LookUp> {
  if ((await readWatchedTasks(parts.db, [id])).has(id)) return await lookUpTask(parts, id);
  const device = await askDevice(parts, id);
  if (device.device !== null || device.tasks.length > 0) return { kind: 'device', detail: device };
  if (device.trouble !== null && device.known) return { kind: 'trouble', trouble: device.trouble };
  return await lookUpTask(parts, id);
}

async function lookUpTask(parts: AskParts, id: string): Promise<LookUp> {
  const answer = await askTask(parts, id);
  if (answer.kind === 'found') return { kind: 'task', detail: answer.detail };
  if (answer.kind === 'no-answer') return { kind: 'trouble', trouble: answer.trouble };
  return {
    kind: 'trouble',
    trouble: {
      message: `The platform knows neither a device nor an upgrade task with the id ${id}.`,
      advice:
        'Check the id. To list tasks, use words such as failed, running or model:…; help shows them all.',
    },
  };
}
