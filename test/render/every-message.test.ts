import { describe, expect, test } from '@jest/globals';
import { CHANGE_KINDS } from '../../src/core/changes.ts';
import { parseTerms } from '../../src/core/filter/parse-terms.ts';
import { deviceDetail } from '../../src/render/device.ts';
import { health } from '../../src/render/health.ts';
import { help } from '../../src/render/help.ts';
import { overview } from '../../src/render/overview.ts';
import { misunderstood, trouble as troubleMessage } from '../../src/render/problems.ts';
import { baseline, summaryPart, summaryRoot } from '../../src/render/summary.ts';
import { taskDetail } from '../../src/render/task-detail.ts';
import { taskList } from '../../src/render/task-list.ts';
import { changeReply, taskRoot } from '../../src/render/task-root.ts';
import { aTask, HOUR, NOON } from '../core/tasks.ts';
import {
  changeOf,
  deviceOf,
  deviceWith,
  EXTREME_TASKS,
  everyOutcome,
  LIVE,
  listOf,
  resultOf,
  trouble,
  watchedTask,
} from './samples.ts';
import { expectSound, HOSTILE, markdownOf } from './sound.ts';

const TEXTS = ['', 'short', 'x'.repeat(5_000), '&'.repeat(5_000), HOSTILE, HOSTILE.repeat(20), '\u202e\n'];
const away = (text: string) => ({ kind: 'mirror' as const, asOf: NOON, because: trouble(text) });

describe.each(EXTREME_TASKS)('a task with %s', (_, task) => {
  test('as a root, in every state', () => {
    const alarms = { failing: true, stalled: true, overdue: 'past-end' as const };
    for (const doubtful of [false, true]) {
      expectSound(taskRoot({ watched: watchedTask(task), doubtful }));
      expectSound(taskRoot({ watched: watchedTask(task, { alarms }), doubtful }));
      expectSound(taskRoot({ watched: watchedTask(task, { vanishedAt: NOON }), doubtful }));
    }
  });

  test.each(CHANGE_KINDS)('as a reply: %s', (change) => {
    expectSound(changeReply(task, changeOf(task, { change }), true));
    expectSound(changeReply(null, changeOf(task, { change, noticedAt: NOON + 99 * HOUR }), false));
  });

  test('in lists of 1, 10, 40 and 100', () => {
    for (const length of [1, 10, 40, 100]) {
      const tasks = Array.from({ length }, () => task);
      expectSound(taskList(listOf(tasks, { more: true, unreadable: 3 }, { page: 2, size: 100 }), NOON));
      expectSound(taskList(listOf(tasks, { total: null, freshness: away(HOSTILE) }), NOON));
    }
  });

  test('in a summary and its thread', () => {
    const entries = Array.from({ length: 20 }, (_, index) => ({
      operationId: `${task.operationId}${index}`,
      change: 'failed' as const,
      at: NOON,
    }));
    const tasks = new Map(entries.map(({ operationId }) => [operationId, { ...task, operationId }]));
    const noticedAt = NOON + HOUR;
    expectSound(summaryRoot({ kind: 'summary', away: true, noticedAt, entries }, [...tasks.values()], true));
    const part = summaryPart({ kind: 'summary-part', noticedAt, entries }, tasks, true);
    expectSound(part);
    const named = markdownOf(part)
      .slice(1)
      .join('\n')
      .split('\n')
      .filter((line) => line.includes('failed'));
    expect(named).toHaveLength(20);
  });

  test('in detail, with failed devices of every kind', () => {
    for (const text of TEXTS) {
      const results = Array.from({ length: 100 }, () => resultOf(text));
      expectSound(taskDetail({ task, failed: { results, total: 5_000 }, freshness: LIVE }));
    }
    expectSound(taskDetail({ task, failed: { results: [], total: null }, freshness: away(HOSTILE) }));
    expectSound(taskDetail({ task, failed: trouble(HOSTILE), freshness: LIVE }));
  });

  test('under a device and in the overview', () => {
    const tasks = Array.from({ length: 20 }, () => task);
    expectSound(deviceDetail(deviceWith(null, tasks.map(everyOutcome), LIVE), NOON));
    const counts = new Map([
      [task.status, 20],
      ['processing', 99],
    ]);
    expectSound(
      overview({ counts, running: tasks, failedLately: tasks, failedLatelyTotal: 99, freshness: LIVE }, NOON),
    );
  });
});

describe.each(TEXTS.map((text) => [text.slice(0, 20), text] as const))('with texts such as %j', (_, text) => {
  test('a device', () => {
    const tasks = [everyOutcome(aTask({ operationId: text || 'op-1', status: text, type: text }), 0)];
    for (const device of [deviceOf(text), deviceOf(null), null]) {
      expectSound(deviceDetail({ ...deviceWith(device, tasks, away(text)), trouble: trouble(text) }, NOON));
    }
  });

  test('problems of a line', () => {
    const problem = { word: text, message: 'is no word of a filter', suggestion: text };
    expectSound(misunderstood([problem, { ...problem, suggestion: null }, ...Array(20).fill(problem)]));
    const lines = [
      text,
      `model:${text}`,
      `status:${text}`,
      `${text}:x`,
      `failed,${text}`,
      `-status:"${text}`,
    ];
    for (const { problems } of lines.map(parseTerms)) {
      if (problems.length > 0) expectSound(misunderstood(problems));
    }
  });

  test('a trouble', () => {
    expectSound(troubleMessage({ message: `It failed: ${text}`, advice: text }));
  });

  test('an overview with statuses nobody knows', () => {
    const counts = new Map(Array.from({ length: 50 }, (_, index) => [`${text}${index}`, index] as const));
    expectSound(
      overview({ counts, running: [], failedLately: [], failedLatelyTotal: 0, freshness: away(text) }, NOON),
    );
  });

  test('health', () => {
    const state = {
      lastGoodCycleAt: NOON,
      lastCycleFailed: trouble(text),
      watchedTasks: 100_000,
      sweepUnderWay: true,
      callsUsed: 100,
      callsLimit: 100,
      blockedUntil: NOON,
      noticesWaiting: 1e9,
      noticesUndecided: 1,
      noticesSuspended: 1,
      noticesHeld: 2,
      noticesRepeated: 1,
    };
    expectSound(health(state, NOON + HOUR));
  });

  test('an empty list, its filter repeated', () => {
    const values = text.trim() === '' ? ['a'] : [[...text].slice(0, 250).join('')];
    const terms = Array.from({ length: 7 }, () => ({ field: 'model' as const, values, not: false }));
    const message = taskList(listOf([], { freshness: away(text) }, { terms }), NOON);
    expectSound(message);
    expect(markdownOf(message).join()).toContain('as of');
  });
});

test('help and the baseline', () => {
  expectSound(help());
  expectSound(baseline({ kind: 'baseline', tasks: 0, running: 0, waiting: 0 }));
  expectSound(baseline({ kind: 'baseline', tasks: 100_000, running: 1, waiting: 1 }));
});
