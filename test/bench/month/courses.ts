import { thinSnapshots } from '../../../src/core/change/thin-snapshots.ts';
import type { SnapshotOfTask } from '../../../src/core/question/detail-answer.ts';
import type { Tally } from '../../../src/core/task/task.ts';
import type { Instant } from '../../../src/lib/instant.ts';
import { LONG, THINNED } from '../../../src/notify/start-upkeep.ts';

export const MINUTE = 60_000;
const DEVICES = 100_000;
/** Ways in which tasks go, told apart by how many of each hundred devices fail, hour by hour. */
const FAILING = [
  [0],
  [1, 0, 2],
  [0, 0, 12, 3],
  [6, 1],
  [2, 2, 2, 30, 0, 0],
  [0, 1, 0, 0, 0, 0, 0, 8],
  [3],
  [20, 0, 0, 0],
] as const;
export const WAYS = FAILING.length;

/** A task that has a device more dealt with every minute, and its history as the bot keeps it. */
export interface Course {
  readonly way: number;
  readonly begun: Instant;
  minutes: number;
  fail: number;
  history: readonly SnapshotOfTask[];
}

const RUNNING = { status: 'running', statusWord: null } as const;

export function beginCourse(way: number, begun: Instant): Course {
  return { way: way % WAYS, begun, minutes: 0, fail: 0, history: [] };
}

/** One minute further, with the line of history that it leaves, thinned by the bot's own rules. */
export function step(course: Course): void {
  course.minutes += 1;
  if (fails(course)) course.fail += 1;
  const at = course.begun + course.minutes * MINUTE;
  const stood = course.history.length === 0 ? null : MINUTE;
  const history = [...course.history, { ...RUNNING, at, tally: tallyOf(course), stood }];
  course.history = history.length > LONG ? thinSnapshots(history, { reported: [], most: THINNED }) : history;
}

export function tallyOf({ minutes, fail }: Course): Tally {
  const success = minutes - fail;
  return {
    total: DEVICES,
    waiting: 0,
    running: DEVICES - minutes,
    succeeded: success,
    failed: fail,
    stopped: 0,
    timedOut: 0,
  };
}

function fails({ way, minutes }: Course): boolean {
  const hours = FAILING[way] ?? [0];
  const share = hours[Math.floor(minutes / 60) % hours.length] ?? 0;
  const failed = (upTo: number) => Math.floor((upTo * share) / 100);
  return failed((minutes % 100) + 1) > failed(minutes % 100);
}
