import type { Task } from '../../core/task/task.ts';
import { UnreadableTaskError } from '../errors.ts';
import type { CallOptions } from '../port.ts';
import type { CallParts } from './call-parts.ts';
import { idInPath } from './id-in-path.ts';
import { readTask, unreadableOfTask } from './read/read-task.ts';

/** One upgrade task; a TaskNotFoundError when there is none, an UnreadableTaskError when it is none. Platform facts: iot_06_0080, the bare task without envelope. */
export async function getTask(parts: CallParts, operationId: string, options: CallOptions): Promise<Task> {
  const path = `iodm/northbound/v1.5.0/operations/${idInPath(operationId, 'task')}`;
  const task = readTask(await parts.send({ call: 'getTask', path, id: operationId }, options));
  if (task === null) throw new UnreadableTaskError();
  const unreadable = unreadableOfTask(task);
  if (unreadable !== null) parts.onUnreadable(unreadable);
  return task;
}
