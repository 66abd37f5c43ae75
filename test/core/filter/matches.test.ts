import { describe, expect, test } from '@jest/globals';
import { matches } from '../../../src/core/filter/matches.ts';
import { parseTerms } from '../../../src/core/filter/parse-terms.ts';
import type { Task } from '../../../src/core/task/task.ts';
import fc from '../../properties.ts';
import { aTask, BARE_TASK, DAY, HOUR, MINUTE, NOON } from '../tasks.ts';
import { anyTask, anyWord } from './random-tasks.ts';

const context = { now: NOON, zone: 'Europe/Berlin' };

function passes(line: string, task: Task): boolean {
  const { terms, problems } = parseTerms(line);
  expect(problems).toEqual([]);
  return matches(task, terms, context);
}

describe('what passes a filter', () => {
  test('without terms, everything does', () => {
    expect(passes('', BARE_TASK)).toBe(true);
  });

  test('names are compared as people read them, ids sign by sign', () => {
    const task = aTask({ operationId: 'op-A', targets: { model: 'WM20', devices: ['dev-A'] } });
    expect(passes('model:WM20', task)).toBe(true);
    expect(passes('model:wm20', task)).toBe(true);
    expect(passes('-model:wm20', task)).toBe(false);
    expect(passes('device:dev-A task:op-A', task)).toBe(true);
    expect([passes('device:dev-a', task), passes('task:op-a', task)]).toEqual([false, false]);
  });

  test('a field the task does not carry equals nothing, so its negation passes', () => {
    expect(passes('model:WM20', BARE_TASK)).toBe(false);
    expect(passes('-model:WM20', BARE_TASK)).toBe(true);
    expect(passes('since:99999w', BARE_TASK)).toBe(false);
    expect(passes('before:0s', BARE_TASK)).toBe(false);
    expect(passes('fail>=0', BARE_TASK)).toBe(false);
  });

  test('since includes its moment, before excludes it', () => {
    const task = aTask({ createTime: NOON - 2 * HOUR });
    expect([passes('since:2h', task), passes('before:2h', task)]).toEqual([true, false]);
    expect([passes('since:119m', task), passes('before:119m', task)]).toEqual([false, true]);
  });

  test('a date is the midnight of whoever asks, unless it ends in Z', () => {
    const task = aTask({ createTime: Date.UTC(2024, 2, 10, 23, 30) });
    expect(passes('since:2024-03-11', task)).toBe(true);
    expect(passes('since:2024-03-11Z', task)).toBe(false);
    expect(matches(task, parseTerms('since:2024-03-11').terms, { now: NOON, zone: 'UTC' })).toBe(false);
  });

  test('shares at a border are exact where floating point is not', () => {
    const three = aTask({ tally: { total: 60, failed: 3 } });
    expect(passes('fail>5%', three)).toBe(false);
    expect(passes('fail>=5%', three)).toBe(true);
    const seven = aTask({ tally: { total: 100, failed: 7 } });
    expect([passes('fail>7%', seven), passes('fail>=7%', seven)]).toEqual([false, true]);
  });

  test('timed-out devices count as failed, never more than all', () => {
    const task = aTask({ tally: { total: 10, failed: 8, timedOut: 8 } });
    expect([passes('fail>=10', task), passes('fail>10', task), passes('fail>=100%', task)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('a share of no devices or of an unknown number is no share', () => {
    expect(passes('fail>=0%', aTask({ tally: { total: 0, failed: 0 } }))).toBe(false);
    expect(passes('fail>=0%', aTask({ tally: { total: null, failed: 3 } }))).toBe(false);
    expect(passes('fail>=3', aTask({ tally: { total: null, failed: 3 } }))).toBe(true);
  });
});

/** The same rules once more, word by word and in another way, to compare with. */
function oracle(word: string, task: Task): boolean {
  if (word.startsWith('-')) return !oracle(word.slice(1), task);
  const [key = '', rest] = word.split(':');
  const values = (rest ?? word).split(',');
  const failed = (task.tally.failed ?? 0) + (task.tally.timedOut ?? 0);
  const capped = task.tally.total !== null && failed > task.tally.total ? task.tally.total : failed;
  const known = task.tally.failed !== null || task.tally.timedOut !== null;
  const share = (capped / (task.tally.total || Number.NaN)) * 100;
  const created = task.createTime ?? Number.NaN;
  const statuses: Record<string, readonly string[]> = {
    failed: ['failed'],
    running: ['running'],
    active: ['waiting', 'running'],
    stopped: ['stopped'],
    success: ['succeeded'],
  };
  switch (rest === undefined ? word : key) {
    case 'devicetype':
      return values.some((value) => task.targets.deviceType === value);
    case 'model':
      return values.some((value) => task.targets.model?.toLowerCase() === value);
    case 'vendor':
      return values.some((value) => task.targets.manufacturerName === value);
    case 'device':
      return values.some((value) => task.targets.devices.includes(value));
    case 'group':
      return values.some((value) => task.targets.deviceGroups.includes(value));
    case 'task':
      return values.some((value) => task.operationId === value);
    case 'since':
      return created >= momentOf(word.slice(6));
    case 'before':
      return created < momentOf(word.slice(7));
    case 'fail>0':
      return known && capped > 0;
    case 'fail>=10':
      return known && capped >= 10;
    case 'fail>=0':
      return known;
    case 'fail>50%':
      return known && share > 50;
    case 'fail>=20%':
      return known && capped * 5 >= (task.tally.total || Number.NaN);
    case 'fail>0%':
      return known && share > 0;
    default:
      return values.some((value) =>
        value === 'fw' || value === 'sw'
          ? task.type === (value === 'fw' ? 'firmware' : 'software')
          : (statuses[value] ?? []).includes(task.status),
      );
  }
}

/** Berlin is an hour ahead of UTC on that day. */
function momentOf(text: string): number {
  const moments: Record<string, number> = {
    '2h': NOON - 2 * HOUR,
    '1h': NOON - HOUR,
    '2024-03-11T09:00Z': NOON - 3 * HOUR,
    '2024-03-11T11:00': NOON - 2 * HOUR,
    '2024-03-11': NOON - 13 * HOUR,
  };
  return moments[text] ?? Number.NaN;
}

test('a task passes exactly when it passes each word on its own', () => {
  fc.assert(
    fc.property(anyTask, fc.array(anyWord, { maxLength: 4 }), (task, words) => {
      expect(passes(words.join(' '), task)).toBe(words.every((word) => oracle(word, task)));
    }),
    { numRuns: 5_000 },
  );
});

test('the constants of the oracle are what they say', () => {
  expect(momentOf('2h')).toBe(NOON - 120 * MINUTE);
  expect(momentOf('2024-03-11')).toBe(NOON - DAY / 2 - HOUR);
});
