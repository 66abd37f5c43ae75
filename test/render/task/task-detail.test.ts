import { describe, expect, test } from '@jest/globals';
import { exactDate } from '../../../src/render/blocks/text.ts';
import { taskDetail } from '../../../src/render/task/task-detail.ts';
import { aTask, BARE_TASK, DAY, HOUR, NOON } from '../../core/tasks.ts';
import { FAILED_RESULT, LIVE, resultOf, taskOf, trouble } from '../samples.ts';
import { readable } from '../sound.ts';

const none = { results: [], total: 0 };
const devices = Array.from({ length: 256 }, (_, index) => `0000-${index}-`.padEnd(36, 'f'));

describe('everything the platform says of a task is found in its detail', () => {
  const task = aTask({
    operationId: 'op-4711',
    type: 'software',
    typeWord: 'software_upgrade',
    status: 'stopped',
    statusWord: 'stop',
    createTime: NOON,
    startTime: NOON + HOUR,
    stopTime: NOON + DAY,
    targets: { devices, deviceType: 'WaterMeter', model: 'WM20', manufacturerName: 'Acme' },
    policy: {
      executeType: 'custom',
      startTime: NOON + 1_000,
      endTime: NOON + 2 * DAY,
      retryType: true,
      retryTimes: 7,
    },
    tally: { total: 1_256, waiting: 11, running: 12, succeeded: 13, failed: 14, stopped: 15, timedOut: 16 },
    extendPara: { silent: true, window: { from: 1, to: [2, 3] }, note: 'at night' },
  });
  const text = readable(taskDetail({ task, failed: none, freshness: LIVE }));

  test.each([
    ['id', '`op-4711`'],
    ['type', '`software_upgrade`'],
    ['status', '`stop`'],
    ['creation', exactDate(NOON)],
    ['start', exactDate(NOON + HOUR)],
    ['end', exactDate(NOON + DAY)],
    ['device type', '`WaterMeter`'],
    ['model', '`WM20`'],
    ['manufacturer', '`Acme`'],
    ['way of running', '`custom`'],
    ['begin of the window', exactDate(NOON + 1_000)],
    ['end of the window', exactDate(NOON + 2 * DAY)],
    ['retry', 'retry: yes, times: 7'],
    ['total', 'total *1,256*'],
    ['waiting', 'wait *11*'],
    ['running', 'processing *12*'],
    ['successes', 'success *13*'],
    ['failures', 'fail *14*'],
    ['stopped', 'stop *15*'],
    ['time-outs', 'timeout *16*'],
    ['a parameter', '`silent`: `true`'],
    ['a parameter with parts', '`{"from":1,"to":[2,3]}`'],
    ['a parameter of text', '`at night`'],
  ])('%s', (_, expected) => {
    expect(text).toContain(expected);
  });

  test('every one of 256 devices, whole', () => {
    for (const device of devices) expect(text).toContain(`\`${device}\``);
    expect(text).toContain('256 devices');
  });

  test('every group', () => {
    const grouped = aTask({ targets: { deviceGroups: ['north', 'south'] } });
    const shown = readable(taskDetail({ task: grouped, failed: none, freshness: LIVE }));
    expect(shown).toContain('*2 groups*\n`north` `south`');
  });
});

describe('what does not fit is counted', () => {
  test('targets with ids of 256 characters', () => {
    const shown = readable(taskDetail({ task: taskOf('x'.repeat(256), 256), failed: none, freshness: LIVE }));
    const ids = shown.split(`\`${'x'.repeat(256)}\``).length - 1;
    expect(shown).toMatch(/and 2\d\d more devices/);
    expect(ids).toBeGreaterThan(80);
  });

  test('failed devices beyond the tenth', () => {
    const results = Array.from({ length: 30 }, (_, index) => ({
      ...FAILED_RESULT,
      deviceId: `d-${index}`,
    }));
    const shown = readable(taskDetail({ task: aTask(), failed: { results, total: 1_200 }, freshness: LIVE }));
    expect(shown).toContain('*Failed devices* (1,200)');
    expect(shown).toContain('`d-9`');
    expect(shown).not.toContain('`d-10`');
    expect(shown).toContain('and 1,190 more');
  });

  test('with long reasons too, no failed device of the ten is lost', () => {
    const results = Array.from({ length: 11 }, (_, index) => ({
      ...resultOf('r'.repeat(900)),
      deviceId: `d-${index}`.padEnd(64, '0'),
    }));
    const shown = readable(taskDetail({ task: aTask(), failed: { results, total: 11 }, freshness: LIVE }));
    expect(shown).toContain('`d-9');
    expect(shown).toContain('and 1 more');
  });

  test('extended parameters beyond the twelfth', () => {
    const shown = readable(taskDetail({ task: taskOf('x'), failed: none, freshness: LIVE }));
    expect(shown).toContain('and 28 more parameters');
  });
});

describe('what is not known is said to be so', () => {
  const text = readable(taskDetail({ task: BARE_TASK, failed: none, freshness: LIVE }));

  test('a counter is unknown, never 0', () => {
    for (const counter of ['total', 'wait', 'processing', 'success', 'fail', 'stop', 'timeout']) {
      expect(text).toContain(`${counter} *unknown*`);
    }
    expect(text).toContain('counters unknown');
  });

  test('a time that is not given and one that cannot be read are told apart', () => {
    expect(text).toContain('*Ended*\nnot given');
    const task = aTask({
      createTime: null,
      unreadable: ['createTime', 'policy.endTime', 'policy.retryTimes'],
    });
    const shown = readable(taskDetail({ task, failed: none, freshness: LIVE }));
    expect(shown).toContain('*Created*\nunknown (unreadable)');
    expect(shown).toContain('to unknown (unreadable)');
    expect(shown).toContain('times: unknown (unreadable)');
    expect(shown).toContain(
      'Unreadable, shown as unknown: `createTime`, `policy.endTime`, `policy.retryTimes`',
    );
  });

  test('failed devices that could not be read', () => {
    const shown = readable(taskDetail({ task: aTask(), failed: trouble('It is away.'), freshness: LIVE }));
    expect(shown).toContain('*Failed devices*\n:warning: It is away.');
  });
});
