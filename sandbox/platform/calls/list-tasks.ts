import type { Targets } from '../../../src/core/task/task.ts';
import { shuffled } from '../fleet/random.ts';
import type { TaskRecord } from '../fleet/task-record.ts';
import { WIRE_ERRORS } from '../server/answers.ts';
import { wireTask } from '../server/wire-task.ts';
import type { IncomingCall, World } from '../world.ts';
import type { CallAnswer } from './call-answer.ts';
import { pageAnswer, pageAsked } from './paging.ts';

const TEXT_FILTERS = [
  'deviceType',
  'model',
  'manufacturerName',
] as const satisfies readonly (keyof Targets)[];
const LONGEST_VALUE = 256;

/** GET operations: six filters, all joined by *and*, applied to the fleet as it is now; unknown ones are ignored. */
export function listTasks(call: IncomingCall, world: World): CallAnswer {
  const { fleet, behaviour } = world;
  for (const value of call.query.values()) if (value.length > LONGEST_VALUE) return WIRE_ERRORS.badRequest;
  const asked = pageAsked(call.query, behaviour);
  if (asked === null) return WIRE_ERRORS.beyondLimit;
  const ofStatus = fleet.records(call.query.get('operationStatus') ?? undefined);
  const conditions = conditionsOf(call.query, world);
  const matches =
    conditions.length === 0 ? ofStatus : ofStatus.filter((task) => conditions.every((holds) => holds(task)));
  return pageAnswer(call, asked, inOrder(matches, world), behaviour, (task) => wireTask(task, behaviour));
}

type Condition = (task: TaskRecord) => boolean;

function conditionsOf(query: URLSearchParams, world: World): Condition[] {
  const conditions: Condition[] = [];
  const type = query.get('operationType');
  if (type !== null) conditions.push((task) => task.type === type);
  const same = (value: string | null, asked: string) =>
    world.behaviour.textMatch === 'exact' ? value === asked : (value ?? '').includes(asked);
  for (const name of TEXT_FILTERS) {
    const asked = query.get(name);
    if (asked !== null) conditions.push((task) => same(task.targets[name], asked));
  }
  const deviceId = query.get('deviceId');
  if (deviceId !== null) conditions.push(aimedAt(deviceId, world));
  return conditions;
}

function aimedAt(deviceId: string, world: World): Condition {
  const groups = world.behaviour.deviceFilterFindsGroups
    ? (world.fleet.devices.find(deviceId)?.groups ?? [])
    : null;
  return (task) => {
    if (task.targets.devices.includes(deviceId)) return true;
    if (groups === null) return false;
    if (task.targets.deviceGroups.some((group) => groups.includes(group))) return true;
    return (
      task.plan?.devices.some((course) => course.deviceId === deviceId) === true ||
      task.rows?.some((row) => row.deviceId === deviceId) === true
    );
  };
}

/** The matches as sent, without copying 100,000 of them to show one page newest first. */
function inOrder(oldestFirst: readonly TaskRecord[], world: World) {
  if (world.behaviour.order === 'oldest') return oldestFirst;
  if (world.behaviour.order === 'shuffled') return shuffled(oldestFirst, world.random);
  const { length } = oldestFirst;
  return {
    length,
    slice: (from: number, to: number) =>
      oldestFirst.slice(Math.max(0, length - to), Math.max(0, length - from)).reverse(),
  };
}
