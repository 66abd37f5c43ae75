import { expect, test } from '@jest/globals';
import { standingAlarms } from '../../../src/core/change/standing-alarms.ts';
import { type Alarms, isActive, NO_ALARMS } from '../../../src/core/task/watched-task.ts';
import { aTask, NOON } from '../tasks.ts';

const ALL = { failing: true, stalled: true, overdue: 'past-end' as Alarms['overdue'], own: [], past: [] };
const standing = (status: string, alarms: Alarms = ALL, vanishedAt: number | null = null) =>
  standingAlarms({ task: aTask({ status }), alarms, active: isActive(status), vanishedAt });

test('all that stand, worst first', () => {
  expect(standing('processing')).toEqual(['failing', 'stalled', 'overdue']);
  expect(standing('processing', { ...ALL, failing: false })).toEqual(['stalled', 'overdue']);
});

test('a task that does not run can only be late', () => {
  expect(standing('wait')).toEqual(['overdue']);
  expect(standing('paused')).toEqual(['overdue']);
});

test('a task that was late to start is not, once it runs', () => {
  const late = { ...NO_ALARMS, overdue: 'not-started' as const };
  expect(standing('wait', late)).toEqual(['overdue']);
  expect(standing('processing', late)).toEqual([]);
});

test('a failed task has failed, whatever came before', () => {
  expect(standing('failed')).toEqual(['failed']);
  expect(
    standingAlarms({ task: aTask({ status: 'failed' }), alarms: NO_ALARMS, active: false, vanishedAt: null }),
  ).toEqual(['failed']);
});

test('nothing of a task that ended well, vanished or goes well', () => {
  expect(standing('success')).toEqual([]);
  expect(standing('stop')).toEqual([]);
  expect(standing('failed', ALL, NOON)).toEqual([]);
  expect(standingAlarms({ task: aTask(), alarms: NO_ALARMS, active: true, vanishedAt: null })).toEqual([]);
});
