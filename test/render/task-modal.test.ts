import { describe, expect, test } from '@jest/globals';
import type { ModalView } from '@slack/types';
import type { Freshness } from '../../src/core/question/answer.ts';
import { DEVICE_FILTERS, type DevicePage, type TaskHistory } from '../../src/core/question/detail-answer.ts';
import type { DeviceResult, Task } from '../../src/core/task/task.ts';
import { devicesTroubleView, devicesView } from '../../src/render/task/detail/detail-devices.ts';
import {
  loadingView,
  lostView,
  textOnlyView,
  troubleView,
} from '../../src/render/task/detail/detail-frame.ts';
import { historyView } from '../../src/render/task/detail/detail-history.ts';
import { overviewView, policyView } from '../../src/render/task/detail/detail-overview.ts';
import { type DetailState, openingState } from '../../src/render/task/detail/detail-state.ts';
import { aTask, HOUR, MINUTE, NOON } from '../core/tasks.ts';
import { EXTREME_TASKS, FAILED_RESULT, LIVE, resultOf, trouble } from './samples.ts';
import { HOSTILE } from './sound.ts';
import { expectSoundView, readableView } from './sound-view.ts';

const STATE: DetailState = openingState('op-1', { channel: 'C012345', ts: '1710158400.000100' });
const AWAY: Freshness = { kind: 'mirror', asOf: NOON, because: trouble(HOSTILE) };

/** The view and what stands in for it where its blocks are refused. */
function expectBothSound(view: ModalView): void {
  expectSoundView(view);
  expectSoundView(textOnlyView(view, STATE));
}

function pageOf(results: readonly DeviceResult[], changes: Partial<DevicePage> = {}): DevicePage {
  const question = { operationId: 'op-1', filter: 'all' as const, page: 1, size: 15 };
  return { question, task: aTask(), results, total: results.length, more: true, freshness: LIVE, ...changes };
}

function historyOf(task: Task, length: number): TaskHistory {
  const snapshots = Array.from({ length }, (_, index) => ({
    ...{
      at: NOON + index * MINUTE,
      status: task.status,
      statusWord: task.statusWord,
      tally: task.tally,
      stood: index === 0 ? null : MINUTE,
    },
  }));
  const change = { kind: 'failed' as const, at: NOON };
  const changes = { first: Array(6).fill(change), last: Array(6).fill(change), between: 1_000 };
  const seen = { firstSeenAt: NOON, lastSeenAt: NOON + HOUR };
  return { operationId: 'op-1', task, ...seen, snapshots, changes };
}

describe.each(EXTREME_TASKS)('the modal of a task with %s', (_, task) => {
  const results = Array.from({ length: 100 }, () => resultOf(task.typeWord ?? ''));

  test('its overview', () => {
    for (const freshness of [LIVE, AWAY]) {
      expectBothSound(overviewView(STATE, { task, failed: { results, total: 10_000 }, freshness }));
      expectBothSound(overviewView(STATE, { task, failed: trouble(task.typeWord ?? ''), freshness }));
    }
  });

  test('its policy and targets', () => {
    expectBothSound(policyView(STATE, { task, failed: { results: [], total: 0 }, freshness: AWAY }));
  });

  test('its devices', () => {
    for (const page of [1, 7, 100_000]) {
      const state = { ...STATE, tab: 'devices' as const, page };
      const shown = pageOf(results.slice(0, 15), { task, freshness: AWAY, total: null });
      expectBothSound(devicesView(state, shown, ':white_check_mark: Done.'));
    }
  });

  test('its history', () => {
    for (const length of [0, 1, 60, 1_000]) expectBothSound(historyView(STATE, historyOf(task, length)));
  });
});

describe('every state of the modal', () => {
  const longest: DetailState = {
    ...{ operationId: 'x'.repeat(256), tab: 'devices', status: 'succeeded', page: 100_000 },
    ...{ channel: `C${'0'.repeat(30)}`, threadTs: '1234567890.123456' },
  };

  test('is taken by Slack, with the longest id too', () => {
    for (const state of [STATE, longest]) {
      expectSoundView(loadingView(state));
      expectSoundView(troubleView(state, trouble(HOSTILE.repeat(20))));
      expectSoundView(devicesTroubleView(state, trouble(HOSTILE.repeat(20))));
    }
    expectSoundView(lostView());
  });

  test('marks the tab it shows', () => {
    const { blocks } = loadingView({ ...STATE, tab: 'history' });
    expect(JSON.stringify(blocks[0])).toMatch(/"History","emoji":true\},"value":"history","style":"primary"/);
    expect(JSON.stringify(blocks[0]).match(/primary/g)).toHaveLength(1);
  });

  test.each(DEVICE_FILTERS)('filters by %s and says when there is none', (status) => {
    const state = { ...STATE, status };
    const text = readableView(devicesView(state, pageOf([], { total: 0, more: false })));
    expect(text).toContain(status === 'all' ? 'names no device' : `No device of this task is ${status}.`);
  });
});

describe('a device in the modal', () => {
  const shown = (changes: Partial<DeviceResult>) =>
    readableView(devicesView(STATE, pageOf([{ ...FAILED_RESULT, deviceId: 'd-1', ...changes }])));

  test('has status, id, reason and times', () => {
    const text = shown({ detailInfo: 'Out of memory' });
    expect(text).toContain(':red_circle: `d-1` *failed* · Out of memory\nstarted ');
    expect(text).toContain('2024-03-11 11:00 UTC');
    expect(text).toContain('2024-03-11 12:00 UTC');
  });

  test('that has not begun says when it was created, or that nothing is known', () => {
    expect(shown({ status: 'waiting', startTime: null, stopTime: null })).toContain('not started');
    expect(shown({ createTime: null, startTime: null, stopTime: null })).toContain('no times known');
  });

  test('with a word nobody knows shows that word', () => {
    expect(shown({ status: 'unknown', statusWord: 'rebooting' })).toContain(
      ':grey_question: `d-1` *rebooting*',
    );
  });
});

test('all 256 devices a task is aimed at stand in its modal, with ids of the usual length and the longest', () => {
  for (const length of [36, 256]) {
    const devices = Array.from({ length: 256 }, (_, index) => `${index}-`.padEnd(length, 'f'));
    const detail = {
      task: aTask({ targets: { devices } }),
      failed: { results: [], total: 0 },
      freshness: LIVE,
    };
    const view = policyView(STATE, detail);
    expectSoundView(view);
    const text = readableView(view);
    for (const device of devices) expect(text).toContain(`\`${device}\``);
  }
});

test('the text that stands in for a view says the same and keeps the tabs', () => {
  const view = devicesView(STATE, pageOf([{ ...FAILED_RESULT, deviceId: 'd-1' }]));
  const text = readableView(textOnlyView(view, STATE));
  for (const piece of ['Overview', 'Refresh', '`d-1`', '1–1 of 1 device', 'live']) {
    expect(text).toContain(piece);
  }
});

test('a history of many steps shows the newest and the first', () => {
  const text = readableView(historyView(STATE, historyOf(aTask(), 100)));
  expect(text).toContain('and 40 older ones, the first of them:');
  expect(text).not.toContain('only some');
  expect(text).toContain('… 1,000 changes left out …');
  expect(text.indexOf('13:39 UTC')).toBeLessThan(text.indexOf('12:40 UTC'));
  expect(text).toContain('2024-03-11 12:00 UTC> :large_blue_circle:');
});

test('a history that was thinned says so, and still shows the first step', () => {
  const whole = historyOf(aTask(), 100);
  const some = (keep: (index: number) => boolean) =>
    readableView(
      historyView(STATE, { ...whole, snapshots: whole.snapshots.filter((_, index) => keep(index)) }),
    );
  const long = some((index) => index % 10 === 0 || index > 30);
  expect(long).toContain('I keep only some of the older ones.');
  expect(long).toContain('2024-03-11 12:00 UTC> :large_blue_circle:');
  expect(some((index) => index % 10 === 0)).toContain('I keep only some of the older ones.');
});
