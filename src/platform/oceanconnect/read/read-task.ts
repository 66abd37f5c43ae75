import type { Task } from '../../../core/task/task.ts';
import { taskStatus, taskType } from '../platform-words.ts';
import type { JsonObject } from '../read-body.ts';
import { FieldReader } from './read-fields.ts';

/**
 * Reads one upgrade task; null without a usable id. Other missing or unreadable members become unknown, and
 * the unreadable ones are listed in `unreadable`.
 *
 * Platform facts: members as in iot_06_0080 and iot_06_0082.
 */
export function readTask(row: JsonObject): Task | null {
  const unreadable: string[] = [];
  const fields = new FieldReader(row, (path) => unreadable.push(path));
  const operationId = fields.word('operationId');
  if (operationId === null) return null;
  const targets = fields.within('targets');
  const policy = fields.within('policy');
  const tally = fields.within('staResult');
  const typeWord = fields.word('operateType');
  const statusWord = fields.word('status');
  return {
    operationId,
    type: taskType(typeWord),
    typeWord,
    status: taskStatus(statusWord),
    statusWord,
    createTime: fields.time('createTime'),
    startTime: fields.time('startTime'),
    stopTime: fields.time('stopTime'),
    targets: {
      deviceGroups: targets.words('deviceGroups'),
      devices: targets.words('devices'),
      deviceType: targets.text('deviceType'),
      model: targets.text('model'),
      manufacturerName: targets.text('manufacturerName'),
    },
    policy: {
      executeType: policy.text('executeType'),
      startTime: policy.time('startTime'),
      endTime: policy.time('endTime'),
      retryType: policy.flag('retryType'),
      retryTimes: policy.count('retryTimes'),
    },
    tally: {
      total: tally.count('total'),
      waiting: tally.count('wait'),
      running: tally.count('processing'),
      succeeded: tally.count('success'),
      failed: tally.count('fail'),
      stopped: tally.count('stop'),
      timedOut: tally.count('timeout'),
    },
    extendPara: fields.opaque('extendPara'),
    unreadable,
  };
}

/** A log line listing a task's unreadable members; null if there are none. */
export function unreadableOfTask(task: Task): string | null {
  return task.unreadable.length === 0 ? null : `task ${task.operationId}: ${task.unreadable.join(', ')}`;
}
