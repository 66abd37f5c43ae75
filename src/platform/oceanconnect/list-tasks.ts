import type { Task } from '../../core/task/task.ts';
import type { CallOptions, Page, TaskQuery } from '../port.ts';
import { askPage } from './ask-page.ts';
import type { CallParts } from './call-parts.ts';
import { TASK_WORDS, TYPE_WORDS } from './platform-words.ts';
import { readTask, unreadableOfTask } from './read/read-task.ts';

/**
 * One page of the upgrade tasks that match the query. `pageNo` counts from 0.
 *
 * Platform facts: iot_06_0082. Leaving `pageNo` out is documented both as page 0 and as "not paged", so it never is.
 */
export async function listTasks(
  parts: CallParts,
  query: TaskQuery,
  options: CallOptions,
): Promise<Page<Task>> {
  const { type, status, ...rest } = query;
  const request = {
    call: 'listTasks',
    path: 'iodm/northbound/v1.5.0/operations',
    query: {
      ...rest,
      operationType: type && TYPE_WORDS[type],
      operationStatus: status && TASK_WORDS[status],
    },
  } as const;
  const asked = { what: 'task list', pageNo: query.pageNo, pageSize: query.pageSize };
  const page = await askPage(parts, request, asked, readTask, options);
  for (const task of page.items) {
    const unreadable = unreadableOfTask(task);
    if (unreadable !== null) parts.onUnreadable(unreadable);
  }
  return page;
}
