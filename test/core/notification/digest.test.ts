import { describe, expect, test } from '@jest/globals';
import type { ChangeKind } from '../../../src/core/change/changes.ts';
import { buildDigest, LONGEST } from '../../../src/core/notification/digest.ts';
import type { Subscription } from '../../../src/core/subscription/subscription.ts';
import type { Task } from '../../../src/core/task/task.ts';
import { type Alarms, isActive, NO_ALARMS, type WatchedTask } from '../../../src/core/task/watched-task.ts';
import { aSubscription } from '../subscriptions.ts';
import { aTask, DAY, NOON } from '../tasks.ts';

interface Known {
  readonly task: Task;
  readonly alarms?: Partial<Alarms>;
  readonly vanished?: boolean;
  /** What happened to it that day. */
  readonly happened?: readonly ChangeKind[];
}

function digest(all: readonly Known[], subscriptions: readonly Subscription[] = [aSubscription()]) {
  return buildDigest({
    ...{ from: NOON - DAY, to: NOON, subscriptions },
    changes: all.flatMap(({ task: { operationId }, happened = [] }) =>
      happened.map((kind) => ({ operationId, kind })),
    ),
    tasks: new Map(
      all.map(({ task, alarms, vanished }): readonly [string, WatchedTask] => [
        task.operationId,
        {
          ...{ task, active: isActive(task.status), firstSeenAt: NOON - DAY, seenAt: NOON, movedAt: NOON },
          ...{ alarms: { ...NO_ALARMS, ...alarms }, vanishedAt: vanished ? NOON : null },
        },
      ]),
    ),
  });
}

const running = (operationId: string) => aTask({ operationId });
const failed = (operationId: string, fail = 1) =>
  aTask({ operationId, status: 'failed', tally: { failed: fail, running: 0 } });
const names = ({ attention }: ReturnType<typeof digest>) =>
  attention.map(({ operationId, why }) => `${operationId} ${why}`);

describe('the day of a channel', () => {
  test('counts the tasks that went through each kind of change, each once, and names no other kind', () => {
    const { changes } = digest([
      { task: failed('op-1'), happened: ['failing', 'failed', 'recovered', 'failed'] },
      { task: failed('op-2'), happened: ['failed'] },
    ]);
    expect(changes).toEqual({ failing: 1, failed: 2, recovered: 1 });
  });

  test('counts what runs and waits at its end', () => {
    const waiting = aTask({ operationId: 'op-3', status: 'waiting' });
    const counted = digest([{ task: running('op-1') }, { task: running('op-2') }, { task: waiting }]);
    expect([counted.running, counted.waiting]).toEqual([2, 1]);
  });

  test('leaves out what the platform no longer knows, but not that it vanished', () => {
    const gone = digest([
      { task: running('op-1'), vanished: true, alarms: { failing: true }, happened: ['vanished'] },
    ]);
    expect(gone).toMatchObject({ running: 0, attention: [], attentionTotal: 0, changes: { vanished: 1 } });
  });

  test('is that of its own tasks', () => {
    const software = aTask({ operationId: 'op-1', type: 'software' });
    const all = [
      { task: software, happened: ['started' as const], alarms: { stalled: true } },
      { task: failed('op-2'), happened: ['failed' as const] },
    ];
    const mine = digest(all, [aSubscription({ filter: 'sw' })]);
    expect(mine).toMatchObject({ running: 1, changes: { started: 1 }, attentionTotal: 1 });
    expect(mine.changes).not.toHaveProperty('failed');
    expect(digest(all, [])).toMatchObject({ running: 0, changes: {}, attentionTotal: 0 });
  });

  test('of a change of a task nobody knows any more says nothing', () => {
    const { changes } = buildDigest({
      ...{ from: NOON - DAY, to: NOON, subscriptions: [aSubscription()], tasks: new Map() },
      changes: [{ operationId: 'op-9', kind: 'failed' }],
    });
    expect(changes).toEqual({});
  });
});

describe('what wants a look', () => {
  test('are tasks that failed that day, and alarms that stand', () => {
    const overdue: Partial<Alarms> = { overdue: 'not-started' };
    const named = digest([
      { task: aTask({ operationId: 'op-late', status: 'waiting' }), alarms: overdue },
      { task: running('op-stalled'), alarms: { stalled: true } },
      { task: running('op-both'), alarms: { stalled: true, failing: true } },
      { task: failed('op-failed'), happened: ['failed'], alarms: { failing: true } },
      { task: failed('op-old'), alarms: { failing: true } },
      { task: running('op-fine') },
      {
        task: aTask({ operationId: 'op-done', status: 'succeeded' }),
        alarms: { stalled: true },
        happened: ['succeeded'],
      },
    ]);
    expect(names(named)).toEqual([
      'op-failed failed',
      'op-both failing',
      'op-stalled stalled',
      'op-late overdue',
    ]);
  });

  test('are not tasks that failed long ago and of which something else was noticed', () => {
    expect(names(digest([{ task: failed('op-1'), happened: ['overdue'] }]))).toEqual([]);
  });

  test('is no alarm of a run that waits', () => {
    const waits = aTask({ operationId: 'op-1', status: 'waiting' });
    expect(names(digest([{ task: waits, alarms: { failing: true, stalled: true } }]))).toEqual([]);
  });

  test('worst first, and of equal ones those with most failed devices', () => {
    const named = digest([
      { task: failed('op-b', 3), happened: ['failed'] },
      { task: failed('op-a', 3), happened: ['failed'] },
      { task: failed('op-c', 30), happened: ['failed'] },
    ]);
    expect(names(named)).toEqual(['op-c failed', 'op-a failed', 'op-b failed']);
  });

  test('names a few and counts all', () => {
    const many = Array.from({ length: LONGEST + 5 }, (_, index) => ({
      ...{ task: failed(`op-${index}`, index), happened: ['failed' as const] },
    }));
    expect(digest(many)).toMatchObject({ attentionTotal: LONGEST + 5 });
    expect(names(digest(many))[0]).toBe(`op-${LONGEST + 4} failed`);
    expect(names(digest(many))).toHaveLength(LONGEST);
  });

  test('goes by the thresholds of the subscriptions that let the task through', () => {
    const task = { task: running('op-1'), alarms: { failing: true, own: ['stalled:60000'] } };
    const own = { failingPercent: 50, stalledAfter: 60_000 };
    expect(names(digest([task]))).toEqual(['op-1 failing']);
    expect(names(digest([task], [aSubscription({ thresholds: own })]))).toEqual(['op-1 stalled']);
    const other = aSubscription({ filter: 'sw' });
    expect(names(digest([task], [aSubscription({ thresholds: { failingPercent: 50 } }), other]))).toEqual([]);
  });
});
