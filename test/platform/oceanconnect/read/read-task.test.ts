import { describe, expect, test } from '@jest/globals';
import { readDeviceResult } from '../../../../src/platform/oceanconnect/read/read-device.ts';
import { readTask } from '../../../../src/platform/oceanconnect/read/read-task.ts';
import fc from '../../../properties.ts';
import { task } from '../../samples.ts';

describe('a task as documented', () => {
  test('every member is read', () => {
    expect(readTask(task())).toEqual({
      operationId: 'op-7f3c21a0',
      type: 'firmware',
      typeWord: 'firmware_upgrade',
      status: 'running',
      statusWord: 'processing',
      createTime: Date.UTC(2024, 2, 11, 6, 5, 2),
      startTime: Date.UTC(2024, 2, 11, 6, 5, 10),
      stopTime: null,
      targets: {
        deviceGroups: ['meters-north'],
        devices: [],
        deviceType: 'WaterMeter',
        model: 'WM20',
        manufacturerName: 'ExampleCo',
      },
      policy: {
        executeType: 'device_online',
        startTime: null,
        endTime: null,
        retryType: true,
        retryTimes: 3,
      },
      tally: { total: 120, waiting: 41, running: 9, succeeded: 66, failed: 3, stopped: 0, timedOut: 1 },
      extendPara: { fileId: 'file-1' },
      unreadable: [],
    });
  });
});

describe('the platform’s words', () => {
  test.each([
    ['wait', 'waiting'],
    ['processing', 'running'],
    ['failed', 'failed'],
    ['success', 'succeeded'],
    ['stop', 'stopped'],
    // Our own words and a device's words mean nothing in a task of the platform.
    ['running', 'unknown'],
    ['fail', 'unknown'],
    ['SUCCESS', 'unknown'],
    ['constructor', 'unknown'],
    ['__proto__', 'unknown'],
  ])('%s is what we call %s, and is kept', (statusWord, status) => {
    expect(readTask(task({ status: statusWord }))).toMatchObject({ status, statusWord });
  });

  test.each([
    ['firmware_upgrade', 'firmware'],
    ['software_upgrade', 'software'],
    ['firmware', 'unknown'],
    ['toString', 'unknown'],
  ])('%s is of our type %s, and is kept', (typeWord, type) => {
    expect(readTask(task({ operateType: typeWord }))).toMatchObject({ type, typeWord });
  });

  test.each([
    ['fail', 'failed'],
    ['success', 'succeeded'],
    ['failed', 'unknown'],
  ])('of a device %s is %s', (statusWord, status) => {
    const read = readDeviceResult({ deviceId: 'd-1', status: statusWord }, () => undefined);
    expect(read).toMatchObject({ status, statusWord });
  });
});

describe('a task that varies', () => {
  test('with nothing but an id it is a task of which all else is unknown', () => {
    expect(readTask({ operationId: 'op-1' })).toMatchObject({
      operationId: 'op-1',
      type: 'unknown',
      typeWord: null,
      status: 'unknown',
      statusWord: null,
      createTime: null,
      targets: { deviceGroups: [], devices: [], model: null },
      policy: { retryType: null },
      tally: { total: null, timedOut: null },
      extendPara: {},
      unreadable: [],
    });
  });

  test('null is the same as missing everywhere', () => {
    const nulls = Object.fromEntries(Object.keys(task()).map((name) => [name, null]));
    expect(readTask({ ...nulls, operationId: 'op-1' })).toEqual(readTask({ operationId: 'op-1' }));
  });

  test('numbers and booleans may come as text, and text as numbers', () => {
    const read = readTask(
      task({
        operationId: 4711,
        policy: { retryType: 'true', retryTimes: '3' },
        staResult: { total: '120', fail: '3' },
        targets: { devices: [1, 'two', null, true], model: 20 },
      }),
    );
    expect(read).toMatchObject({
      operationId: '4711',
      policy: { retryType: true, retryTimes: 3 },
      tally: { total: 120, failed: 3 },
      targets: { devices: ['1', 'two', 'true'], model: '20' },
      unreadable: [],
    });
  });

  test('words, members and ids nobody has seen before are no error', () => {
    const id = 'x/'.repeat(300);
    const read = readTask(
      task({ operationId: id, status: 'Waitting', operateType: 'config_upgrade', colour: 'blue' }),
    );
    expect(read).toMatchObject({
      operationId: id,
      status: 'unknown',
      statusWord: 'Waitting',
      type: 'unknown',
      typeWord: 'config_upgrade',
      unreadable: [],
    });
  });

  test('what makes no sense is unknown, and its path is reported', () => {
    const read = readTask(
      task({
        createTime: '2024-03-11 06:05',
        status: { word: 'failed' },
        staResult: { total: -1, fail: 'many', stop: 1.5, success: 2 },
        policy: { retryType: 'maybe', endTime: 17 },
        targets: { devices: 'd-1', deviceGroups: ['a', ['b']] },
        extendPara: 'text',
      }),
    );
    expect(read).toMatchObject({
      status: 'unknown',
      createTime: null,
      tally: { total: null, failed: null, stopped: null, succeeded: 2 },
      policy: { retryType: null, endTime: null },
      targets: { devices: [], deviceGroups: ['a'] },
      extendPara: {},
    });
    expect([...(read?.unreadable ?? [])].sort()).toEqual([
      'createTime',
      'extendPara',
      'policy.endTime',
      'policy.retryType',
      'staResult.fail',
      'staResult.stop',
      'staResult.total',
      'status',
      'targets.deviceGroups[1]',
      'targets.devices',
    ]);
  });

  test('signs no store takes are replaced, and what is too long to be a name is none', () => {
    const long = 'x'.repeat(801);
    expect(readTask(task({ operationId: 'op\0-1\ud800', targets: { model: 'W\0M' } }))).toMatchObject({
      operationId: 'op\ufffd-1\ufffd',
      targets: { model: 'W\ufffdM' },
    });
    expect(readTask(task({ operationId: long }))).toBeNull();
    expect(readTask(task({ status: long, targets: { devices: ['d-1', long] } }))).toMatchObject({
      status: 'unknown',
      targets: { devices: ['d-1'] },
      unreadable: ['status', 'targets.devices[1]'],
    });
  });

  test('whole parts that are no objects cost these parts only', () => {
    const read = readTask(task({ targets: 'all', policy: [], staResult: 3 }));
    expect(read?.unreadable).toEqual(['targets', 'policy', 'staResult']);
    expect(read).toMatchObject({ status: 'running', tally: { total: null } });
  });

  test.each([undefined, null, '', '  ', {}, [], [1]])(
    'without a usable id (%j) it is no task',
    (operationId) => {
      expect(readTask(task({ operationId }))).toBeNull();
    },
  );

  test('whatever JSON the members hold, reading never throws', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(task())), fc.jsonValue()),
        fc.dictionary(fc.constantFrom('total', 'retryType', 'devices', 'startTime'), fc.jsonValue()),
        (members, nested) => {
          const row = { targets: nested, policy: nested, staResult: nested, ...members, operationId: 'op-1' };
          expect(readTask(row)?.operationId).toBe('op-1');
        },
      ),
    );
  });
});
