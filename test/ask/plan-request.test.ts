import { describe, expect, test } from '@jest/globals';
import { planRequest } from '../../src/ask/plan-request.ts';
import { isNameField, type Term } from '../../src/core/filter/filter.ts';
import { matches } from '../../src/core/filter/matches.ts';
import { parseTerms, toListRequest } from '../../src/core/filter/parse-terms.ts';
import type { Task } from '../../src/core/task/task.ts';
import type { TaskQuery } from '../../src/platform/port.ts';
import { anyTask, anyWord } from '../core/filter/random-tasks.ts';
import { NOON } from '../core/tasks.ts';
import fc from '../properties.ts';

function planOf(line: string) {
  const parsed = parseTerms(line);
  expect(parsed.problems).toEqual([]);
  return planRequest(toListRequest(parsed));
}

describe('questions the platform answers itself', () => {
  test('every one of its six fields, one value each, and the page counted from 0', () => {
    const line = 'failed fw devicetype:WaterMeter model:WM20 vendor:Acme device:d1 page:3 size:20';
    expect(planOf(line)).toEqual({
      source: 'platform',
      query: {
        status: 'failed',
        type: 'firmware',
        deviceType: 'WaterMeter',
        model: 'WM20',
        manufacturerName: 'Acme',
        deviceId: 'd1',
        pageNo: 2,
        pageSize: 20,
      },
    });
  });

  test('all tasks', () => {
    expect(planOf('')).toEqual({ source: 'platform', query: { pageNo: 0, pageSize: 10 } });
  });

  test('one value said twice is still one value', () => {
    expect(planOf('failed status:failed')).toMatchObject({ query: { status: 'failed' } });
  });
});

describe('questions for the mirror, each with its reason', () => {
  test.each(['status', 'type'] as const)('an unknown %s never widens the question', (field) => {
    const { terms } = toListRequest(parseTerms('model:a'));
    const odd: Term = { field, values: ['of-tomorrow'], not: false };
    const request = { ...toListRequest(parseTerms('')), terms: [...terms, odd] };
    expect(planRequest(request)).toEqual({ source: 'mirror', reasons: ['field-unknown-to-platform'] });
  });

  test.each([
    ['active', 'several-values'],
    ['model:a,b', 'several-values'],
    ['-failed', 'negation'],
    ['-model:a,b', 'negation'],
    ['group:meters', 'field-unknown-to-platform'],
    ['task:op-1', 'field-unknown-to-platform'],
    ['device:a device:b', 'field-twice'],
    ['since:2d', 'time'],
    ['before:2024-03-11', 'time'],
    ['fail>5%', 'share-of-failures'],
    ['sort:created', 'order'],
    ['failed sort:failed', 'order'],
  ])('%s: %s', (line, reason) => {
    expect(planOf(line)).toEqual({ source: 'mirror', reasons: [reason] });
  });

  test('every reason is named once', () => {
    expect(planOf('-failed -fw since:2d before:1d sort:failed')).toEqual({
      source: 'mirror',
      reasons: ['order', 'negation', 'time'],
    });
  });
});

/** The terms with each name in every spelling that these tasks carry, as the store gives them to the plan. */
function spelt(terms: readonly Term[], tasks: readonly Task[]): readonly Term[] {
  const names = tasks.flatMap(({ targets: { deviceType, model, manufacturerName, deviceGroups } }) => [
    ...[deviceType, model, manufacturerName].flatMap((name) => name ?? []),
    ...deviceGroups,
  ]);
  return terms.map((term) => {
    if (!('values' in term) || !isNameField(term.field)) return term;
    const values = term.values.flatMap((value) => {
      const same = names.filter((name) => name.toLowerCase() === value.toLowerCase());
      return same.length === 0 ? [value] : same;
    });
    return { ...term, values: [...new Set(values)] };
  });
}

/** What the platform's list call gives: equality on each field of the query that is there. */
function listed(task: Task, query: TaskQuery): boolean {
  const { status, type, deviceType, model, manufacturerName, deviceId } = query;
  return (
    (status === undefined || task.status === status) &&
    (type === undefined || task.type === type) &&
    (deviceType === undefined || task.targets.deviceType === deviceType) &&
    (model === undefined || task.targets.model === model) &&
    (manufacturerName === undefined || task.targets.manufacturerName === manufacturerName) &&
    (deviceId === undefined || task.targets.devices.includes(deviceId))
  );
}

test('where the platform is asked, its answer holds exactly the tasks that match', () => {
  let asked = 0;
  fc.assert(
    fc.property(fc.array(anyTask, { maxLength: 20 }), fc.array(anyWord, { maxLength: 3 }), (tasks, words) => {
      const request = toListRequest(parseTerms(words.join(' ')));
      const plan = planRequest({ ...request, terms: spelt(request.terms, tasks) });
      if (plan.source === 'mirror') return;
      asked += 1;
      const context = { now: NOON, zone: 'UTC' };
      expect(tasks.filter((task) => listed(task, plan.query))).toEqual(
        tasks.filter((task) => matches(task, request.terms, context)),
      );
    }),
    { numRuns: 4_000 },
  );
  expect(asked).toBeGreaterThan(400);
});
