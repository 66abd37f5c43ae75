import type { Instant } from '../../../src/lib/instant.ts';
import { rowsOf } from './device-rows.ts';
import { end, endIfDone, mayRetry, move, moveAll, retry, type Surroundings, start } from './task-moves.ts';
import { eventsOfAttempt, outcomeInAttempt, type PlanEvent, type TaskPlan } from './task-plan.ts';
import type { TaskRecord } from './task-record.ts';

const TEN_MINUTES = 600_000;

/** Writes the first attempt of the task's plan into its agenda. */
export function schedulePlan(task: TaskRecord): void {
  const plan = task.plan;
  if (plan === null) return;
  const custom = task.policy.executeType === 'custom';
  const begin =
    custom && task.policy.startTime !== null
      ? task.policy.startTime
      : task.createTime + (plan.startsAfter ?? 0);
  task.agenda = eventsOfAttempt(plan, begin, 'start', [...plan.devices.keys()]);
  if (custom && task.policy.endTime !== null && plan.endsWithWindow !== false) {
    insert(task, [{ at: task.policy.endTime, kind: 'window-ends' }]);
  }
}

/** From now on the task's open devices follow this plan, whatever was planned for them before. */
export function replan(task: TaskRecord, plan: TaskPlan, open: readonly number[], now: Instant): void {
  const [, ...events] = eventsOfAttempt(plan, now, 'retry', open);
  task.plan = plan;
  task.agenda = events;
}

/** What was planned is put off by the time the task was held. */
export function putOffAgenda(task: TaskRecord, by: number): void {
  task.agenda = task.agenda.map((event) => ({ ...event, at: event.at + by }));
}

/** Plays what the plan brings up to now. Each event is played at its own moment, however late it is noticed. */
export function playUntil(around: Surroundings, task: TaskRecord, now: Instant): void {
  const plan = task.heldSince === null ? task.plan : null;
  let played = 0;
  for (let event = task.agenda[0]; plan !== null && event !== undefined && event.at <= now; ) {
    played += 1;
    const agenda = task.agenda;
    play(around, task, plan, event);
    // An event that ends or retries the task writes a new agenda; the place in the old one means nothing then.
    if (task.agenda !== agenda) played = 0;
    event = task.agenda[played];
  }
  if (played > 0) task.agenda = task.agenda.slice(played);
}

function play(around: Surroundings, task: TaskRecord, plan: TaskPlan, event: PlanEvent): void {
  if (event.kind === 'device-starts' || event.kind === 'device-ends') playDevice(around, task, plan, event);
  else if (event.kind === 'start' && task.status === 'wait') start(around, task, event.at);
  else if (event.kind === 'stop') {
    moveAll(around, task, ['wait', 'processing'], 'stop', event.at);
    end(around, task, 'stop', event.at);
    task.agenda = [];
  } else if (event.kind === 'window-ends') {
    start(around, task, event.at);
    moveAll(around, task, ['wait', 'processing'], 'timeout', event.at);
  } else if (event.kind === 'retry' && task.status === 'failed') {
    const later = task.agenda.filter((other) => other.kind === 'stop' && other.at > event.at);
    const [, ...events] = eventsOfAttempt(plan, event.at, 'retry', retry(around, task, event.at));
    task.agenda = [];
    insert(task, [...events, ...later]);
  }
  if (endIfDone(around, task, event.at)) afterTheEnd(task, plan, event.at);
}

function playDevice(
  around: Surroundings,
  task: TaskRecord,
  plan: TaskPlan,
  event: Extract<PlanEvent, { row: number }>,
): void {
  const row = rowsOf(task, around.membersOfGroup)[event.row];
  const course = plan.devices[event.row];
  if (row === undefined || course === undefined || (row.state !== 'wait' && row.state !== 'processing'))
    return;
  const to = event.kind === 'device-starts' ? 'processing' : outcomeInAttempt(course, task.attempt);
  move(around, task, row, to, event.at, course.reason);
}

function afterTheEnd(task: TaskRecord, plan: TaskPlan, at: Instant): void {
  const stops = task.agenda.filter((event) => event.kind === 'stop' && event.at > at);
  task.agenda = [];
  const windowIsOver = task.policy.endTime !== null && at >= task.policy.endTime;
  if (mayRetry(task) && !windowIsOver)
    insert(task, [{ at: at + (plan.retryAfter ?? TEN_MINUTES), kind: 'retry' }, ...stops]);
}

function insert(task: TaskRecord, events: readonly PlanEvent[]): void {
  task.agenda = [...task.agenda, ...events].sort((a, b) => a.at - b.at);
}
