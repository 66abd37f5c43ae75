import { type CallAnswer, isError } from '../calls/call-answer.ts';
import { getDevice } from '../calls/get-device.ts';
import { getTask } from '../calls/get-task.ts';
import { listDeviceResults } from '../calls/list-device-results.ts';
import { listTasks } from '../calls/list-tasks.ts';
import { login } from '../calls/login.ts';
import { refreshToken } from '../calls/refresh-token.ts';
import type { IncomingCall, World } from '../world.ts';
import { type Answer, errorAnswer, WIRE_ERRORS } from './answers.ts';
import type { CallName } from './call-log.ts';
import { refusedByGateway } from './gateway.ts';

const CALLS: Readonly<
  Record<Exclude<CallName, 'unknown'>, (call: IncomingCall, world: World) => CallAnswer>
> = {
  login,
  refreshToken,
  listTasks,
  getTask,
  listDeviceResults,
  getDevice,
};

/** What the platform in good order answers. `id` null: the path held an id that cannot be decoded. */
export function answerCall(
  call: Omit<IncomingCall, 'id' | 'name'> & { name: Exclude<CallName, 'unknown'>; id: string | null },
  world: World,
): Answer {
  const readable = { ...call, id: call.id ?? '' };
  const answer =
    refusedByGateway(readable, world) ??
    (call.id === null ? WIRE_ERRORS.badRequest : CALLS[call.name](readable, world));
  return isError(answer) ? errorAnswer(answer, world.behaviour.errorShape) : answer;
}
