import { ok, WIRE_ERRORS } from '../server/answers.ts';
import { wireTask } from '../server/wire-task.ts';
import type { IncomingCall, World } from '../world.ts';
import type { CallAnswer } from './call-answer.ts';

/** GET operations/{operationId}: the task without an envelope. */
export function getTask(call: IncomingCall, world: World): CallAnswer {
  const task = world.fleet.recordOf(call.id);
  return task === undefined ? WIRE_ERRORS.noSuchTask : ok(wireTask(task, world.behaviour));
}
