import { describe, expect, test } from '@jest/globals';
import { CHANGE_KINDS, POSTED_KINDS } from '../../src/core/change/changes.ts';
import { parseTerms } from '../../src/core/filter/parse-terms.ts';
import { LONGEST } from '../../src/core/notification/digest.ts';
import { budgetTroubles } from '../../src/platform/budget/budget-troubles.ts';
import { pollingNeed } from '../../src/platform/budget/polling-need.ts';
import { blindNotification } from '../../src/render/notification/blind.ts';
import { changeReply } from '../../src/render/notification/change-reply.ts';
import { digestMessage } from '../../src/render/notification/digest.ts';
import { baseline, summaryPart, summaryRoot } from '../../src/render/notification/summary.ts';
import { taskRoot } from '../../src/render/notification/task-root.ts';
import { health } from '../../src/render/question/health.ts';
import { help } from '../../src/render/question/help.ts';
import { overview } from '../../src/render/question/overview.ts';
import { misunderstood, trouble as troubleMessage } from '../../src/render/question/problems.ts';
import { deviceDetail } from '../../src/render/task/device.ts';
import { taskDetail } from '../../src/render/task/task-detail.ts';
import { taskList } from '../../src/render/task/task-list.ts';
import { aTask, BARE_TASK, called, HOUR, NOON } from '../core/tasks.ts';
import {
  ALL_ALARMS,
  CALLS,
  changeOf,
  deviceOf,
  deviceWith,
  EXTREME_TASKS,
  entryOf,
  everyOutcome,
  failuresOf,
  LIVE,
  listOf,
  MENTIONS,
  resultOf,
  rootOf,
  taskOf,
  trouble,
} from './samples.ts';
import { expectSound, HOSTILE, markdownOf } from './sound.ts';

const TEXTS = ['', 'short', 'x'.repeat(5_000), '&'.repeat(5_000), HOSTILE, HOSTILE.repeat(20), '\u202e\n'];
const away = (text: string) => ({ kind: 'mirror' as const, asOf: NOON, because: trouble(text) });

const HANDS = {
  acknowledgement: { by: 'UOWN', at: NOON },
  mute: { until: null, by: 'UOWN', at: NOON },
};
const STATES: readonly Parameters<typeof rootOf>[1][] = [
  {},
  { alarms: ALL_ALARMS },
  { alarms: ALL_ALARMS, mentions: MENTIONS, ...HANDS, held: 'suspended', doubtful: true },
  { vanishedAt: NOON, ...HANDS },
  { mute: { ...HANDS.mute, until: NOON }, held: 'quiet' },
];

describe.each(EXTREME_TASKS)('a task with %s', (_, task) => {
  test('as a root, in every state', () => {
    const failures = failuresOf(Array.from({ length: 9 }, (_unused, index) => `${index % 5}${HOSTILE}`));
    for (const status of [task.status, 'failed', 'running', 'waiting', 'succeeded'] as const) {
      for (const state of STATES) expectSound(taskRoot(rootOf({ ...task, status }, state)), CALLS);
      const state = { alarms: ALL_ALARMS, failures, mentions: MENTIONS };
      expectSound(taskRoot(rootOf({ ...task, status }, state)), CALLS);
    }
  });

  test.each(POSTED_KINDS)('as a reply: %s', (change) => {
    const plain = { doubtful: true, held: null };
    expectSound(changeReply(task, changeOf(task, { change }), plain));
    const held = { doubtful: false, held: 'muted' } as const;
    expectSound(changeReply(null, changeOf(task, { change, noticedAt: NOON + 99 * HOUR }), held));
    const earlier = [...CHANGE_KINDS, ...CHANGE_KINDS];
    const fast = { status: 'succeeded', startTime: NOON, stopTime: NOON + 1 } as const;
    const content = changeOf(task, { change, mentions: MENTIONS, earlier, ...fast });
    expectSound(changeReply(task, content, held), CALLS);
  });

  test('calling more people than a section holds', () => {
    const mentions = Array.from({ length: 200 }, () => ({ kind: 'person', id: 'UOWN' }) as const);
    const root = taskRoot(rootOf(task, { alarms: ALL_ALARMS, mentions }));
    expectSound(root, CALLS);
    expect(root.text).toMatch(/^<@UOWN>/);
    expectSound(changeReply(task, changeOf(task, { mentions }), { doubtful: false, held: null }), CALLS);
  });

  test('in lists of 1, 10, 40 and 100', () => {
    for (const length of [1, 10, 40, 100]) {
      const tasks = Array.from({ length }, () => task);
      expectSound(taskList(listOf(tasks, { more: true, unreadable: 3 }, { page: 2, size: 100 }), NOON));
      expectSound(taskList(listOf(tasks, { total: null, freshness: away(HOSTILE) }), NOON));
    }
  });

  test.each(['storm', 'away', 'quiet', 'suspended'] as const)('in a summary and its thread: %s', (cause) => {
    const entries = Array.from({ length: 20 }, (_unused, index) =>
      entryOf(`${task.operationId}${index}`, 'failed', index % 2 === 0 ? [] : CHANGE_KINDS),
    );
    const tasks = new Map(entries.map(({ operationId }) => [operationId, { ...task, operationId }]));
    const noticedAt = NOON + HOUR;
    const content = { kind: 'summary', cause, noticedAt, entries, mentions: MENTIONS } as const;
    expectSound(summaryRoot(content, [...tasks.values()], true), CALLS);
    expectSound(summaryRoot({ ...content, mentions: [] }, [], false));
    const part = summaryPart({ kind: 'summary-part', noticedAt, entries }, tasks, true);
    expectSound(part);
    const named = markdownOf(part)
      .slice(1)
      .join('\n')
      .split('\n')
      .filter((line) => line.includes('failed'));
    expect(named).toHaveLength(20);
  });

  test('in a digest', () => {
    const attention = Array.from({ length: LONGEST }, (_unused, index) => ({
      operationId: `${task.operationId}${index}`,
      why: (['failed', 'failing', 'stalled', 'overdue'] as const)[index % 4] ?? 'failed',
      tally: task.tally,
    }));
    const tasks = new Map(attention.map(({ operationId }) => [operationId, { ...task, operationId }]));
    const changes = Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, 1e9]));
    const day = { from: NOON - 24 * HOUR, to: NOON, changes, running: 1e9, waiting: 1e9 };
    const digest = { ...day, attention, attentionTotal: 1e9 };
    expectSound(digestMessage(digest, tasks, true));
    expectSound(digestMessage({ ...digest, changes: {}, attentionTotal: LONGEST }, new Map(), false));
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
    const { status, statusWord } = task;
    const counts = [
      { status, statusWord, tasks: 20 },
      { status: 'running', statusWord: null, tasks: 99 },
    ] as const;
    expectSound(
      overview({ counts, running: tasks, failedLately: tasks, failedLatelyTotal: 99, freshness: LIVE }, NOON),
    );
  });
});

describe.each(TEXTS.map((text) => [text.slice(0, 20), text] as const))('with texts such as %j', (_, text) => {
  test('a root whose devices failed for that reason', () => {
    const reasons = Array.from({ length: 9 }, (_unused, index) => `${index % 5}${text}`);
    for (const failures of [
      failuresOf(reasons),
      failuresOf([text], 5_000),
      { results: Array.from({ length: 1_000 }, () => resultOf(text)), total: 1_000 },
      { results: [], total: 3 },
    ]) {
      const task = aTask({ status: 'failed', tally: { failed: 9 } });
      expectSound(taskRoot(rootOf(task, { failures, mentions: MENTIONS })), CALLS);
      expectSound(taskRoot(rootOf(BARE_TASK, { alarms: ALL_ALARMS, failures })));
    }
  });

  test('a device', () => {
    const tasks = [everyOutcome(taskOf(text || 'op-1'), 0)];
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

  test('watching that is blind, and that sees again', () => {
    const blind = { kind: 'blind', since: NOON, until: null, trouble: trouble(text) } as const;
    expectSound(blindNotification(blind, true));
    expectSound(blindNotification({ ...blind, until: NOON + HOUR }, false));
  });

  test('an overview with statuses nobody knows', () => {
    const counts = Array.from({ length: 50 }, (_, index) => ({ ...called(`${text}${index}`), tasks: index }));
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
      budgetTroubles: budgetTroubles(2, pollingNeed(1e7, { perMinute: 60, perWindow: 61 })),
      notificationsWaiting: 1e9,
      notificationsUndecided: 1,
      notificationsSuspended: 1,
      notificationsHeld: 2,
      notificationsRepeated: 1,
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
