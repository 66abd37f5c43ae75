import { describe, expect, test } from '@jest/globals';
import { checkView } from '../../sandbox/workspace/api/check-blocks.ts';
import { asObject, parseJson } from '../../sandbox/workspace/json.ts';
import { formOf } from '../../src/core/filter/form.ts';
import { parseTerms, toListRequest } from '../../src/core/filter/parse-terms.ts';
import { subscriptionForm } from '../../src/core/subscription/subscription-form.ts';
import { home, homeView } from '../../src/render/access/home.ts';
import { answerModal, loadingModal } from '../../src/render/question/answer-modal.ts';
import { filterModal } from '../../src/render/question/filter-modal.ts';
import { foundIds } from '../../src/render/question/found-ids.ts';
import { subscriptionModal } from '../../src/render/subscription/subscription-modal.ts';
import { deviceModal } from '../../src/render/task/device-modal.ts';
import { taskList } from '../../src/render/task/task-list.ts';
import { anyRequest } from '../core/filter/random-requests.ts';
import { anyContent, anyHours } from '../core/subscription/random-wishes.ts';
import { NOON } from '../core/tasks.ts';
import fc from '../properties.ts';
import { deviceOf, EXTREME_TASKS, LIVE, listOf, trouble } from './samples.ts';
import { expectSound, HOSTILE } from './sound.ts';

const problems = (view: object) => checkView(asObject(parseJson(JSON.stringify(view))));
const request = (line: string) => toListRequest(parseTerms(line));

describe.each(EXTREME_TASKS)('a task with %s', (_, task) => {
  test('in lists inside a modal, on every surface for ids, and on the home tab', () => {
    const tasks = Array.from({ length: 100 }, () => task);
    const list = taskList(
      listOf(tasks, { more: true, total: 1e6 }, { size: 100, page: 3 }),
      NOON,
      'Post to channel',
    );
    expect(problems(answerModal(list, { title: 'Upgrade tasks', metadata: '{}' }))).toEqual([]);
    const detail = {
      deviceId: task.operationId,
      device: deviceOf(HOSTILE),
      trouble: null,
      known: true,
      tasks: [{ task, outcome: { kind: 'not-read' as const } }],
      total: 3,
      freshness: LIVE,
    };
    const found = [
      { kind: 'task' as const, id: 'op-1', task },
      { kind: 'device' as const, id: 'd-1', detail },
      { kind: 'nothing' as const, id: 'x-1', trouble: trouble(HOSTILE) },
    ];
    const rest = Array.from({ length: 200 }, (_unused, index) => `id-${index}`);
    expectSound(foundIds(found, rest, NOON));
    const { status, statusWord } = task;
    const counts = [{ status, statusWord, tasks: 1e6 }];
    const overview = {
      counts,
      running: tasks.slice(0, 8),
      failedLately: tasks.slice(0, 5),
      failedLatelyTotal: 999,
      freshness: { kind: 'mirror' as const, asOf: null, because: trouble(HOSTILE) },
    };
    const kinds = ['failed', 'failing', 'stalled'] as const;
    const subscriptions = Array.from({ length: 200 }, (_unused, index) => ({
      id: String(index),
      channel: index % 2 === 0 ? 'C0123ABC' : '<!channel>',
      terms: request(`model:${'x'.repeat(250)}`).terms,
      kinds,
      mentions: [{ kind: 'here' } as const, { kind: 'group', id: 'S1' } as const],
      thresholds: { failingPercent: 10, stalledAfter: 1 },
    }));
    const hours = new Map([['C0123ABC', { quiet: { from: 0, until: 1 }, digestAt: 2, zone: HOSTILE }]]);
    const message = home({ overview, subscriptions, hours }, NOON);
    expect(problems(homeView(message))).toEqual([]);
    const { blocks } = home({ overview, subscriptions: subscriptions.slice(1, 2), hours }, NOON);
    expectSound({ text: message.text, blocks: blocks.filter(({ type }) => type !== 'input') });
    expect(problems(homeView({ text: message.text }))).toEqual([]);
  });
});

test('the filter as a form is a modal Slack takes, whatever the filter', () => {
  fc.assert(
    fc.property(anyRequest, (asked) => {
      expect(problems(filterModal(formOf(asked), '{}'))).toEqual([]);
    }),
    { numRuns: 300 },
  );
  const longest = request(`model:${Array.from({ length: 900 }, (_, n) => n % 10).join(',')}`);
  const many = {
    ...longest,
    terms: [{ field: 'model', values: Array.from({ length: 900 }, () => 'x'), not: false }],
  } as const;
  expect(problems(filterModal(formOf(many), '{}'))).toEqual([]);
});

test('a subscription as a form is a modal Slack takes, whatever it wishes', () => {
  fc.assert(
    fc.property(anyContent, fc.option(anyHours, { nil: null }), (content, hours) => {
      expect(problems(subscriptionModal(subscriptionForm(content, hours), '{}'))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('the small modals', () => {
  expect(problems(deviceModal())).toEqual([]);
  expect(problems(loadingModal({ title: 'Upgrade tasks found' }))).toEqual([]);
  expect(problems(answerModal({ text: 'x'.repeat(9_000) }, { title: 'Look up a device' }))).toEqual([]);
  expectSound(foundIds([], [], NOON));
});

test('a list whose filter no button can carry says so', () => {
  const values = Array.from({ length: 60 }, (_, index) => `"${index}"`.repeat(8));
  const list = listOf([], { more: true, total: 99 }, { terms: [{ field: 'model', values, not: false }] });
  const message = taskList(list, NOON);
  expectSound(message);
  expect(JSON.stringify(message.blocks)).toContain('too long for buttons');
});
