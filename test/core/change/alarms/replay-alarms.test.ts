import { describe, expect, test } from '@jest/globals';
import { ownRules } from '../../../../src/core/change/alarms/own-rules.ts';
import { replayAlarms } from '../../../../src/core/change/alarms/replay-alarms.ts';
import type { SnapshotOfTask } from '../../../../src/core/question/detail-answer.ts';
import type { OwnThresholds } from '../../../../src/core/subscription/subscription.ts';
import type { Tally, TaskStatus } from '../../../../src/core/task/task.ts';
import type { Instant } from '../../../../src/lib/instant.ts';
import { aTally, DAY, HOUR, MINUTE, NOON } from '../../tasks.ts';
import { THRESHOLDS } from '../../watching.ts';

const FROM = NOON - DAY;
const TASK = { operationId: 'op-1', createTime: NOON - 2 * DAY };

function snapshot(at: Instant, tally: Partial<Tally> = {}, status: TaskStatus = 'running'): SnapshotOfTask {
  return { at, status, statusWord: null, tally: aTally(tally), stood: null };
}

function replayed(thresholds: OwnThresholds, snapshots: readonly SnapshotOfTask[]) {
  const rules = ownRules([{ thresholds }], THRESHOLDS);
  const found = replayAlarms(TASK, snapshots, { rules, thresholds: THRESHOLDS, from: FROM, to: NOON });
  return found.map(({ change, noticedAt }) => [change.kind, noticedAt] as const);
}

describe('alarms by thresholds of one’s own', () => {
  test('a failing task is told when the snapshot is that shows it, once', () => {
    const snapshots = [
      snapshot(NOON - 5 * HOUR, { waiting: 90, succeeded: 10 }),
      snapshot(NOON - 4 * HOUR, { waiting: 70, succeeded: 28, failed: 2 }),
      snapshot(NOON - 3 * HOUR, { waiting: 50, succeeded: 40, failed: 10 }),
      snapshot(NOON - 2 * HOUR, { waiting: 40, succeeded: 45, failed: 15 }),
    ];
    expect(replayed({ failingPercent: 10 }, snapshots)).toEqual([['failing', NOON - 3 * HOUR]]);
    expect(replayed({ failingPercent: 5 }, snapshots)).toEqual([['failing', NOON - 4 * HOUR]]);
    expect(replayed({ failingPercent: 5, failingMinDevices: 60 }, snapshots)).toEqual([
      ['failing', NOON - 2 * HOUR],
    ]);
    expect(replayed({ failingPercent: 90 }, snapshots)).toEqual([]);
  });

  test('a stall is told when its time is over, with its end, and again after the task moved', () => {
    const snapshots = [
      snapshot(NOON - 9 * HOUR),
      snapshot(NOON - 6 * HOUR, { waiting: 99, succeeded: 1 }),
      snapshot(NOON - HOUR, { waiting: 98, succeeded: 2 }),
    ];
    expect(replayed({ stalledAfter: 2 * HOUR }, snapshots)).toEqual([
      ['stalled', NOON - 7 * HOUR],
      ['resumed', NOON - 6 * HOUR],
      ['stalled', NOON - 4 * HOUR],
      ['resumed', NOON - HOUR],
    ]);
    expect(replayed({ stalledAfter: 7 * HOUR }, snapshots)).toEqual([]);
  });

  test('a gap in a thinned history is no stall but for the time the task stood still before what is left', () => {
    const left = { ...snapshot(NOON - 2 * HOUR, { waiting: 98, succeeded: 2 }), stood: 3 * HOUR };
    const snapshots = [snapshot(NOON - 20 * HOUR), left];
    expect(replayed({ stalledAfter: 150 * MINUTE }, snapshots)).toEqual([
      ['stalled', NOON - 2.5 * HOUR],
      ['resumed', NOON - 2 * HOUR],
    ]);
    expect(replayed({ stalledAfter: 4 * HOUR }, snapshots)).toEqual([]);
  });

  test('a task that stands still at the end has stalled by now', () => {
    expect(replayed({ stalledAfter: HOUR }, [snapshot(NOON - 2 * HOUR)])).toEqual([['stalled', NOON - HOUR]]);
    expect(replayed({ stalledAfter: 2 * HOUR }, [snapshot(NOON - 2 * HOUR)])).toEqual([]);
  });

  test('what held before the span is the past', () => {
    const bad = { waiting: 0, succeeded: 50, failed: 50 };
    expect(replayed({ failingPercent: 10 }, [snapshot(FROM - HOUR, bad)])).toEqual([]);
    expect(replayed({ stalledAfter: HOUR }, [snapshot(FROM - 2 * HOUR)])).toEqual([]);
    expect(replayed({ stalledAfter: 2 * HOUR }, [snapshot(FROM - HOUR)])).toEqual([['stalled', FROM + HOUR]]);
  });

  test('tasks that wait or have ended neither stall nor fail', () => {
    for (const status of ['waiting', 'failed', 'succeeded', 'stopped'] as const) {
      const one = snapshot(NOON - 9 * HOUR, { waiting: 0, failed: 100 }, status);
      expect(replayed({ failingPercent: 1, stalledAfter: HOUR }, [one])).toEqual([]);
    }
  });

  test('without snapshots or without rules there is nothing', () => {
    expect(replayed({ stalledAfter: HOUR }, [])).toEqual([]);
    expect(replayed({}, [snapshot(NOON - 9 * HOUR)])).toEqual([]);
  });
});
