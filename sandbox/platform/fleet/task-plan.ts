import type { Instant } from '../../../src/lib/instant.ts';

export type Outcome = 'success' | 'fail' | 'timeout';

/** The course one device takes within a task; times count from the start of the attempt. */
export interface DeviceCourse {
  /** Default: the device the task's targets name at this place, or an invented one. */
  readonly deviceId?: string;
  readonly outcome: Outcome;
  /** How the device ends in the retries, should it fail: one word each, the last one repeated. Default: `outcome`. */
  readonly retryOutcomes?: readonly Outcome[];
  readonly reason?: string;
  /** Milliseconds until the device is being upgraded (default 0), and until it ends. */
  readonly startsAfter?: number;
  readonly endsAfter: number;
}

/** A task's own course of life, played as the fleet's clock moves. */
export interface TaskPlan {
  /** Milliseconds from creation to start. Default 0. A `custom` task starts at its policy's `startTime` instead. */
  readonly startsAfter?: number;
  readonly devices: readonly DeviceCourse[];
  /** Nothing moves from `after` the start for so long (`Infinity`: for ever); all that would follow is put off. */
  readonly stalls?: readonly { readonly after: number; readonly for: number }[];
  /** Somebody stops the task so long after its first start. */
  readonly stopsAfter?: number;
  /** Milliseconds from a failed attempt to the retry its policy allows. Default ten minutes. */
  readonly retryAfter?: number;
  /** Whether the end of a `custom` window times out what has not ended. Default true. */
  readonly endsWithWindow?: boolean;
}

export type PlanEvent =
  | { readonly at: Instant; readonly kind: 'start' | 'retry' | 'stop' | 'window-ends' }
  | { readonly at: Instant; readonly kind: 'device-starts' | 'device-ends'; readonly row: number };

/** All that one attempt will bring, in the order of time; devices not in `rows` take no part in it. */
export function eventsOfAttempt(
  plan: TaskPlan,
  begin: Instant,
  kind: 'start' | 'retry',
  rows: readonly number[],
): PlanEvent[] {
  const events: PlanEvent[] = [{ at: begin, kind }];
  for (const row of rows) {
    const course = plan.devices[row];
    if (course === undefined) continue;
    const ends = begin + putOff(course.endsAfter, plan.stalls ?? []);
    const starts = begin + putOff(Math.min(course.startsAfter ?? 0, course.endsAfter), plan.stalls ?? []);
    if (Number.isFinite(starts)) events.push({ at: starts, kind: 'device-starts', row });
    if (Number.isFinite(ends)) events.push({ at: ends, kind: 'device-ends', row });
  }
  if (kind === 'start' && plan.stopsAfter !== undefined) {
    events.push({ at: begin + plan.stopsAfter, kind: 'stop' });
  }
  // A stable sort: at one moment a device starts before it ends, as pushed.
  return events.sort((a, b) => a.at - b.at);
}

/** How a device ends in the given attempt (1 is the first). */
export function outcomeInAttempt(course: DeviceCourse, attempt: number): Outcome {
  if (attempt <= 1) return course.outcome;
  const retries = course.retryOutcomes ?? [];
  return retries[Math.min(attempt - 2, retries.length - 1)] ?? course.outcome;
}

function putOff(offset: number, stalls: readonly { after: number; for: number }[]): number {
  let sum = offset;
  for (const stall of stalls) if (stall.after <= offset) sum += stall.for;
  return sum;
}
