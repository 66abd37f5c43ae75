import { expect, test } from '@jest/globals';
import { standingAlarms } from '../../../../src/core/change/alarms/standing-alarms.ts';
import { type Alarms, isActive, NO_ALARMS } from '../../../../src/core/task/watched-task.ts';
import { aTask, called, NOON } from '../../tasks.ts';

const ALL = { failing: true, stalled: true, overdue: 'past-end' as Alarms['overdue'], own: [], past: [] };
const standing = (word: string, alarms: Alarms = ALL, vanishedAt: number | null = null) =>
  standingAlarms({
    task: aTask(called(word)),
    alarms,
    active: isActive(called(word).status),
    vanishedAt,
  });

test('all that stand, worst first', () => {
  expect(standing('running')).toEqual(['failing', 'stalled', 'overdue']);
  expect(standing('running', { ...ALL, failing: false })).toEqual(['stalled', 'overdue']);
});

test('a task that does not run can only be late', () => {
  expect(standing('waiting')).toEqual(['overdue']);
  expect(standing('paused')).toEqual(['overdue']);
});

test('a task that was late to start is not, once it runs', () => {
  const late = { ...NO_ALARMS, overdue: 'not-started' as const };
  expect(standing('waiting', late)).toEqual(['overdue']);
  expect(standing('running', late)).toEqual([]);
});

test('a failed task has failed, whatever came before', () => {
  expect(standing('failed')).toEqual(['failed']);
  expect(
    standingAlarms({ task: aTask({ status: 'failed' }), alarms: NO_ALARMS, active: false, vanishedAt: null }),
  ).toEqual(['failed']);
});

test('nothing of a task that ended well, vanished or goes well', () => {
  expect(standing('succeeded')).toEqual([]);
  expect(standing('stopped')).toEqual([]);
  expect(standing('failed', ALL, NOON)).toEqual([]);
  expect(standingAlarms({ task: aTask(), alarms: NO_ALARMS, active: true, vanishedAt: null })).toEqual([]);
});
