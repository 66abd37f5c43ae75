import { describe, expect, test } from '@jest/globals';
import { asObject, asObjects, parseJson } from '../../../sandbox/workspace/json.ts';
import type { TaskHistory } from '../../../src/core/question/detail-answer.ts';
import { historyMessage } from '../../../src/render/task/history.ts';
import { aTally, aTask, called, DAY, HOUR, MINUTE, NOON } from '../../core/tasks.ts';
import { EXTREME_TASKS } from '../samples.ts';
import { expectSound, readable } from '../sound.ts';

const NO_CHANGES = { first: [], last: [], between: 0 };

function historyOf(step: number, steps: number, changes: Partial<TaskHistory> = {}): TaskHistory {
  const snapshots = Array.from({ length: steps }, (_, index) => ({
    at: NOON + index * step,
    ...called('running'),
    tally: aTally({ succeeded: index, failed: 1 }),
    stood: index === 0 ? null : step,
  }));
  const seen = { firstSeenAt: NOON, lastSeenAt: NOON };
  return {
    ...{ operationId: 'op-1', task: aTask(), ...seen, snapshots, changes: NO_CHANGES },
    ...changes,
  };
}

function chartOf(history: TaskHistory) {
  const blocks = asObjects(parseJson(JSON.stringify(historyMessage(history).blocks)));
  const chart = asObject(blocks.find(({ type }) => type === 'data_visualization')?.chart);
  const categories = asObject(chart.axis_config).categories;
  const series = asObjects(chart.series).map(({ name, data }) => ({
    name,
    values: asObjects(data).map(({ value }) => value),
  }));
  return { categories, series };
}

describe.each(EXTREME_TASKS)('the history of a task with %s', (_, task) => {
  test.each([1_000, MINUTE, HOUR, DAY, 400 * DAY])('in steps of %d ms', (step) => {
    for (const steps of [0, 1, 2, 20, 1_000]) {
      const { snapshots } = historyOf(step, steps);
      const own = snapshots.map((snapshot) => ({
        ...snapshot,
        status: task.status,
        statusWord: task.statusWord,
        tally: task.tally,
      }));
      expectSound(historyMessage(historyOf(step, steps, { task })));
      expectSound(historyMessage(historyOf(step, steps, { task, snapshots: own })));
    }
  });
});

describe('the chart', () => {
  test('draws done and failed over time', () => {
    const { categories, series } = chartOf(historyOf(HOUR, 3));
    expect(series.map(({ name }) => name)).toEqual(['done', 'failed']);
    expect(categories).toHaveLength(20);
    expect(series[0]?.values.at(0)).toBe(1);
    expect(series[0]?.values.at(-1)).toBe(3);
  });

  test.each([100, 1_000, MINUTE, HOUR, DAY, 400 * DAY])(
    'keeps its points apart in steps of %d ms',
    (step) => {
      const { categories } = chartOf(historyOf(step, 21));
      expect(new Set(Array.isArray(categories) ? categories : []).size).toBe(
        Array.isArray(categories) ? categories.length : -1,
      );
    },
  );

  test('leaves out failures that are not known: an unknown number is not 0', () => {
    const { snapshots } = historyOf(HOUR, 3);
    const blind = snapshots.map((snapshot) => ({
      ...snapshot,
      tally: { ...snapshot.tally, failed: null, timedOut: null },
    }));
    expect(chartOf(historyOf(HOUR, 3, { snapshots: blind })).series.map(({ name }) => name)).toEqual([
      'done',
    ]);
  });

  test('is missing, and that is said, where there is no course yet', () => {
    expect(readable(historyMessage(historyOf(HOUR, 1)))).toContain('at one moment only');
  });

  test('is left out of a history that is no longer kept, and that is said', () => {
    const message = historyMessage(historyOf(HOUR, 0));
    expect(readable(message)).toContain('no longer kept: nothing has moved for more than 90 days');
    expect(readable(message)).not.toContain('at one moment only');
    expect(readable(historyMessage(historyOf(HOUR, 0, { task: null })))).toContain('none seen');
  });

  test('goes on to the last look while the task may still move', () => {
    const lastSeenAt = NOON + 10 * HOUR;
    expect(chartOf(historyOf(HOUR, 2, { lastSeenAt })).categories).toContain('03-11 22:00');
    const ended = historyOf(HOUR, 2, { lastSeenAt, task: aTask({ status: 'failed' }) });
    expect(chartOf(ended).categories).not.toContain('03-11 22:00');
  });
});

test('the text tells the course without a chart', () => {
  const { text } = historyMessage(historyOf(HOUR, 3));
  expect(text).toContain('History of Firmware upgrade: running (op-1)');
  expect(text).toContain('2024-03-11 12:00 UTC: 1 done, 1 failed');
  expect(text).toContain('2024-03-11 14:00 UTC: 3 done, 1 failed');
});
