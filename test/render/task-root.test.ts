import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { summaryRoot } from '../../src/render/summary.ts';
import { changeReply, REPEATED, taskRoot } from '../../src/render/task-root.ts';
import { date } from '../../src/render/text.ts';
import { aTask, DAY, HOUR, MINUTE, NOON } from '../core/tasks.ts';
import { changeOf, EXTREME_TASKS, watchedTask } from './samples.ts';
import { readable } from './sound.ts';

afterEach(() => {
  jest.useRealTimers();
});

const root = (...parts: Parameters<typeof watchedTask>) =>
  readable(taskRoot({ watched: watchedTask(...parts), doubtful: false }));

describe('the root of a task', () => {
  test.each(EXTREME_TASKS)('does not depend on the clock, so an edit can be repeated: %s', (_, task) => {
    const render = () => JSON.stringify(taskRoot({ watched: watchedTask(task), doubtful: false }));
    jest.useFakeTimers({ now: NOON });
    const now = render();
    jest.setSystemTime(NOON + 400 * DAY);
    expect(render()).toBe(now);
  });

  test('does not depend on when the bot looked', () => {
    const later = { seenAt: NOON + DAY, movedAt: NOON + DAY, firstSeenAt: NOON + HOUR };
    expect(root(aTask(), later)).toBe(root(aTask()));
  });

  test('shows status, counters, id and times', () => {
    const task = aTask({
      status: 'failed',
      stopTime: NOON,
      tally: { wait: 0, success: 60, fail: 30, timeout: 10 },
    });
    const text = root(task);
    expect(text).toContain(':red_circle: *failed*');
    expect(text).toContain('100 of 100 devices done (100 %) · *40 failed* · 10 of them timed out');
    expect(text).toContain('`op-1`');
    expect(text).toContain(`ended ${date(NOON)} after 1 h`);
  });

  test('shows the alarm that stands, and the status again when the task has ended', () => {
    const alarms = { failing: true, stalled: false, overdue: null };
    expect(root(aTask(), { alarms })).toContain(':warning: *begins to fail*');
    expect(root(aTask(), { alarms: { ...alarms, stalled: true } })).toContain(':hourglass: *stalled*');
    expect(root(aTask({ status: 'wait' }), { alarms: { ...alarms, overdue: 'not-started' } })).toContain(
      '*waiting, overdue*',
    );
    expect(root(aTask({ status: 'success' }), { alarms: { ...alarms, overdue: 'past-end' } })).toContain(
      ':large_green_circle: *succeeded*',
    );
    expect(root(aTask(), { alarms, vanishedAt: NOON })).toContain('*vanished from the platform*');
  });

  test('shows a status nobody knows as it came', () => {
    expect(root(aTask({ status: 'paused' }))).toContain(':grey_question: *paused*');
    expect(root(aTask({ status: 'constructor' }))).toContain(':grey_question: *constructor*');
  });

  test('says that it may stand there twice only when it may', () => {
    const watched = watchedTask(aTask());
    expect(readable(taskRoot({ watched, doubtful: true }))).toContain(REPEATED);
    expect(readable(taskRoot({ watched, doubtful: false }))).not.toContain('repeated');
  });
});

describe('a reply', () => {
  const task = aTask({ status: 'failed', stopTime: NOON });

  test('says what happened, how the counters stood and how long it ran', () => {
    const text = readable(changeReply(task, changeOf(task), false));
    expect(text).toContain(':red_circle: *failed*');
    expect(text).toContain('0 of 100 devices done (0 %)');
    expect(text).toContain('ran 1 h');
    expect(text).toContain('2024-03-11 12:00 UTC');
  });

  test('says how late it is told only where that matters', () => {
    const late = (noticedAt: number) => readable(changeReply(task, changeOf(task, { noticedAt }), false));
    expect(late(NOON + 5 * MINUTE)).not.toContain('later');
    expect(late(NOON + 2 * HOUR)).toContain('told 2 h later');
  });

  test('speaks of a task that is no longer known', () => {
    expect(changeReply(null, changeOf(task, { change: 'vanished' }), false).text).toContain(
      'Upgrade task: vanished',
    );
  });
});

describe('a summary', () => {
  const entries = [
    { operationId: 'a', change: 'failed' as const, at: NOON },
    { operationId: 'b', change: 'failed' as const, at: NOON },
    { operationId: 'c', change: 'stalled' as const, at: NOON },
  ];
  const summary = (away: boolean) =>
    readable(summaryRoot({ kind: 'summary', away, noticedAt: NOON, entries }, [aTask()], false));

  test('after an absence says so', () => {
    expect(summary(true)).toContain('3 upgrade tasks changed while I was away');
    expect(summary(false)).toContain('3 upgrade tasks changed at once');
  });

  test('counts what happened and how the tasks stand now', () => {
    expect(summary(false)).toContain('failed *2*');
    expect(summary(false)).toContain('stalled *1*');
    expect(summary(false)).toContain('Now: :large_blue_circle: running 1.');
  });
});
