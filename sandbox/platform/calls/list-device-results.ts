import { rowsOf } from '../fleet/device-rows.ts';
import { WIRE_ERRORS } from '../server/answers.ts';
import { wireDeviceResult, wireState } from '../server/wire-task.ts';
import type { IncomingCall, World } from '../world.ts';
import type { CallAnswer } from './call-answer.ts';
import { pageAnswer, pageAsked } from './paging.ts';

/** GET operations/{operationId}/subOperations: the word for failed is `fail` here; `failed` finds nothing. */
export function listDeviceResults(call: IncomingCall, world: World): CallAnswer {
  const { fleet, behaviour } = world;
  const task = fleet.recordOf(call.id);
  if (task === undefined) return WIRE_ERRORS.noSuchTask;
  const asked = pageAsked(call.query, behaviour);
  if (asked === null) return WIRE_ERRORS.beyondLimit;
  const status = call.query.get('subOperationStatus');
  const rows = rowsOf(task, (group) => fleet.devices.membersOfGroup(group));
  const matches = status === null ? rows : rows.filter((row) => wireState(row) === status);
  return pageAnswer(call, asked, matches, behaviour, (row) => wireDeviceResult(task, row, behaviour));
}
