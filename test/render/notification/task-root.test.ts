import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { asObject, parseJson } from '../../../sandbox/workspace/json.ts';
import { plainText } from '../../../sandbox/workspace/plain-text.ts';
import type { TaskStatus } from '../../../src/core/task/task.ts';
import { REPEATED } from '../../../src/render/blocks/notes.ts';
import { date } from '../../../src/render/blocks/text.ts';
import { taskRoot } from '../../../src/render/notification/task-root.ts';
import { aTask, called, DAY, HOUR, NOON } from '../../core/tasks.ts';
import { ALL_ALARMS, EXTREME_TASKS, failuresOf, MENTIONS, rootOf } from '../samples.ts';
import { readable } from '../sound.ts';

afterEach(() => {
  jest.useRealTimers();
});

const root = (...parts: Parameters<typeof rootOf>) => readable(taskRoot(rootOf(...parts)));
/** As somebody reads it: lines, and buttons in brackets. */
const seen = (...parts: Parameters<typeof rootOf>) =>
  plainText(asObject(parseJson(JSON.stringify(taskRoot(rootOf(...parts))))));
const buttons = (...parts: Parameters<typeof rootOf>) =>
  [...seen(...parts).matchAll(/\[([A-Z]\w+)\]/g)].map(([, label]) => label);

const NONE = { ...ALL_ALARMS, failing: false, stalled: false, overdue: null };
const FAILED = aTask({
  status: 'failed',
  stopTime: NOON,
  tally: { waiting: 0, succeeded: 60, failed: 30, timedOut: 10 },
  targets: { deviceType: 'WaterMeter', model: 'WM20', deviceGroups: ['meters-north'] },
});
const BY = { by: 'UANA', at: NOON };

describe('the root of a task', () => {
  test.each(EXTREME_TASKS)('does not depend on the clock, so an edit can be repeated: %s', (_, task) => {
    const render = () => JSON.stringify(taskRoot(rootOf(task, { alarms: ALL_ALARMS })));
    jest.useFakeTimers({ now: NOON });
    const now = render();
    jest.setSystemTime(NOON + 400 * DAY);
    expect(render()).toBe(now);
  });

  test('does not depend on when the bot looked', () => {
    const later = { seenAt: NOON + DAY, movedAt: NOON + DAY, firstSeenAt: NOON + HOUR };
    expect(root(aTask(), later)).toBe(root(aTask()));
  });

  test('shows status, counters, id, times and how long it ran', () => {
    const text = root(FAILED);
    expect(text).toContain(':red_circle: *failed*');
    expect(text).toContain('100 of 100 devices done (100 %) · *40 failed* · 10 of them timed out');
    expect(text).toContain('`op-1`');
    expect(text).toContain(`ended ${date(NOON)} · ran 1 h`);
  });

  test('says what happened before where it is no longer to be seen, and how that stands now', () => {
    const failed = { kind: 'failed' as const, at: NOON - HOUR, failed: 12 };
    const stalled = { kind: 'stalled' as const, at: NOON, failed: 0 };
    const runs = aTask({ tally: { succeeded: 30, failed: 1 } });
    const text = root(runs, { earlier: [failed, stalled] });
    expect(text).toContain(
      `Earlier: failed ${date(NOON - HOUR)} with 12 devices, retried · stalled ${date(NOON)} · now 1 failed`,
    );
    expect(text).toMatch(
      /running \(op-1\)\. 1 of 100 devices failed\. Earlier: failed with 12 devices, retried; stalled; now 1 failed\./,
    );
    expect(root(aTask({ status: 'succeeded' }), { earlier: [{ ...failed, kind: 'failing' }] })).toContain(
      `Earlier: began to fail ${date(NOON - HOUR)} with 12 devices · none failed now`,
    );
    expect(root(runs)).not.toContain('Earlier');
  });

  test('shows every alarm that stands, the worst first, and the status again when the task has ended', () => {
    expect(root(aTask(), { alarms: { ...NONE, failing: true } })).toContain(':warning: *begins to fail*');
    expect(root(aTask(), { alarms: { ...NONE, stalled: true } })).toContain(':hourglass: *stalled*');
    expect(root(aTask(), { alarms: ALL_ALARMS })).toContain(':warning: *begins to fail, stalled, overdue*');
    expect(root(aTask({ status: 'waiting' }), { alarms: { ...NONE, overdue: 'not-started' } })).toContain(
      ':alarm_clock: *waiting, overdue*',
    );
    expect(root(aTask({ status: 'succeeded' }), { alarms: ALL_ALARMS })).toContain(
      ':large_green_circle: *succeeded*',
    );
    expect(root(aTask(), { alarms: ALL_ALARMS, vanishedAt: NOON })).toContain('*vanished from the platform*');
  });

  test('says since when nothing moves, and when it was to start or to end', () => {
    const policy = { startTime: NOON, endTime: NOON + HOUR };
    const late = (status: TaskStatus, overdue: 'not-started' | 'past-end') =>
      root(aTask({ status, policy }), { alarms: { ...NONE, overdue } });
    expect(root(aTask(), { alarms: { ...NONE, stalled: true }, movedAt: NOON })).toContain(
      `no device moved since ${date(NOON)}`,
    );
    expect(late('waiting', 'not-started')).toContain(`was to start ${date(NOON)}`);
    expect(late('running', 'past-end')).toContain(`was to end ${date(NOON + HOUR)}`);
  });

  test('shows a status nobody knows as it came', () => {
    expect(root(aTask({ status: 'unknown', statusWord: 'paused' }))).toContain(':grey_question: *paused*');
    expect(root(aTask({ status: 'unknown', statusWord: 'constructor' }))).toContain(
      ':grey_question: *constructor*',
    );
  });

  test('says on its last line why it comes late, and that it may stand there twice', () => {
    expect(root(aTask(), { held: 'quiet' })).toContain('Held during quiet hours.');
    expect(root(aTask(), { held: 'suspended' })).toContain('Kept while I could not post here.');
    expect(root(aTask(), { held: 'muted' })).toContain('Held while muted.');
    expect(seen(aTask(), { doubtful: true }).endsWith(REPEATED)).toBe(true);
    expect(root(aTask())).not.toMatch(/repeated|[Hh]eld|Kept/);
  });

  test('says that it ended suspiciously fast', () => {
    const fast = { ...FAILED, status: 'succeeded' as const, startTime: NOON - 12_000 };
    for (const text of [taskRoot(rootOf(fast)).text, seen(fast)]) {
      expect(text).toContain(
        'Ended after 12 s, suspiciously fast: perhaps the version was installed already',
      );
    }
    expect(seen(fast)).not.toContain('ran 12 s');
    expect(seen(FAILED)).not.toContain('suspiciously');
  });
});

describe('the root of a task in trouble', () => {
  const failures = failuresOf([
    ...Array<string>(28).fill('Waiting for device downloaded package timeout'),
    ...Array<string>(8).fill('Task Conflict'),
    '',
    '',
    'Out of memory',
    'Checksum wrong',
  ]);

  test('calls first, says what failed and why, and what can be done', () => {
    expect(seen(FAILED, { failures, mentions: MENTIONS })).toBe(
      [
        '@SOWN @UOWN @here',
        ':red_circle: *failed* · Firmware upgrade · WaterMeter WM20 · meters-north',
        '████████████ 100 of 100 devices done (100 %) · *40 failed* · 10 of them timed out',
        '`op-1` · ended 2024-03-11 12:00 UTC · ran 1 h',
        'Reasons: 28 × Waiting for device downloaded package timeout · 8 × Task Conflict · 2 × no reason given · 2 for 2 other reasons',
        'Failed devices: `d-1` `d-2` `d-3` `d-4` `d-5` and 35 more',
        '[Details] [Devices] [Reasons] [Acknowledge] [Mute]',
      ].join('\n'),
    );
  });

  test('tells the same without blocks', () => {
    expect(taskRoot(rootOf(FAILED, { failures, mentions: MENTIONS, acknowledgement: BY })).text).toBe(
      '<!subteam^SOWN> <@UOWN> <!here> Firmware upgrade · WaterMeter WM20 · meters-north: failed (op-1), ran 1 h. ' +
        '40 of 100 devices failed. Reasons: 28 × Waiting for device downloaded package timeout · 8 × Task Conflict · ' +
        '2 × no reason given · 2 for 2 other reasons. <@UANA> looks after it.',
    );
  });

  test('says of how many devices it speaks where not all were read', () => {
    const some = failuresOf(Array<string>(3).fill('Task Conflict'));
    const text = seen(FAILED, { failures: some });
    expect(text).toContain('Reasons, of 3 devices read: 3 × Task Conflict');
    expect(text).toContain('Failed devices: `d-1` `d-2` `d-3` and 37 more');
    const first = { ...some, total: 40 };
    expect(seen(FAILED, { failures: first })).toContain('Reasons, of 3 devices read: 3 × Task Conflict');
  });

  test('names no device where some of those read were tried again since', () => {
    const text = seen({ ...FAILED, tally: { ...FAILED.tally, failed: 1, timedOut: 0 } }, { failures });
    expect(text).toContain('Reasons, of 40 devices read');
    expect(text).not.toContain('Failed devices');
  });

  test('says nothing about devices before one was read, or once the trouble is over', () => {
    expect(seen(FAILED)).not.toMatch(/Reasons:|Failed devices/);
    expect(seen({ ...FAILED, status: 'succeeded' }, { failures })).not.toMatch(/Reasons:|Failed devices/);
  });

  test('shows who looks after it, and offers it to nobody else', () => {
    const state = { failures, acknowledgement: BY };
    expect(seen(FAILED, state)).toContain(
      ':ballot_box_with_check: @UANA looks after it since 2024-03-11 12:00 UTC',
    );
    expect(buttons(FAILED, state)).toEqual(['Details', 'Devices', 'Reasons', 'Mute']);
    const over = seen({ ...FAILED, status: 'succeeded' }, state);
    expect(over).toContain('@UANA looked after it from 2024-03-11 12:00 UTC');
  });
});

describe('muting', () => {
  test('a muted task says by whom and until when, and can be unmuted', () => {
    const mute = { by: 'UANA', at: NOON, until: NOON + HOUR };
    expect(seen(aTask(), { mute })).toContain(':no_bell: Muted by @UANA until 2024-03-11 13:00 UTC');
    expect(seen(aTask(), { mute: { ...mute, until: null } })).toContain('Muted by @UANA until it ends\n');
    expect(seen(FAILED, { mute: { ...mute, until: null } })).toContain('until it ends again');
    expect(buttons(aTask(), { mute })).toEqual(['Details', 'Unmute']);
    expect(buttons(aTask({ status: 'succeeded' }), { mute })).toEqual(['Details', 'Unmute']);
  });

  test.each([
    ['waiting', ['Details', 'Mute']],
    ['running', ['Details', 'Mute']],
    ['paused', ['Details', 'Mute']],
    ['failed', ['Details', 'Devices', 'Acknowledge', 'Mute']],
    ['succeeded', ['Details']],
    ['stopped', ['Details']],
  ])('is offered as long as something can happen: %s', (status, offered) => {
    expect(buttons(aTask(called(status)))).toEqual(offered);
  });

  test('a task that vanished can only be looked at', () => {
    expect(buttons(aTask(), { alarms: ALL_ALARMS, vanishedAt: NOON })).toEqual(['Details']);
  });
});
