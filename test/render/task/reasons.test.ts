import { describe, expect, test } from '@jest/globals';
import { asObjects, parseJson } from '../../../sandbox/workspace/json.ts';
import { plainText } from '../../../sandbox/workspace/plain-text.ts';
import type { FailedDevicesReport } from '../../../src/core/question/detail-answer.ts';
import type { DeviceResult } from '../../../src/core/task/task.ts';
import { reasonsMessage } from '../../../src/render/task/reasons.ts';
import { reasonsCsv } from '../../../src/render/task/reasons-csv.ts';
import { aTask, NOON } from '../../core/tasks.ts';
import { EXTREME_TASKS, FAILED_RESULT, LIVE, trouble } from '../samples.ts';
import { expectSound, HOSTILE, readable } from '../sound.ts';

function reportOf(
  results: readonly DeviceResult[],
  changes: Partial<FailedDevicesReport> = {},
): FailedDevicesReport {
  const known = { operationId: 'op-1', task: aTask(), total: results.length, cut: null, freshness: LIVE };
  return { ...known, results, ...changes };
}

const failed = (index: number, detailInfo: string | null): DeviceResult => ({
  ...FAILED_RESULT,
  ...{ deviceId: `d-${index}`, detailInfo },
});

const shownText = (report: FailedDevicesReport, file: Parameters<typeof reasonsMessage>[1] = 'none') =>
  plainText({ blocks: asObjects(parseJson(JSON.stringify(reasonsMessage(report, file).blocks))) });

describe.each(EXTREME_TASKS)('failures of a task with %s', (_, task) => {
  test.each([
    ['10,000 devices with a reason each', (index: number) => `${index} ${task.typeWord}`],
    ['10,000 devices with one reason', () => task.typeWord],
    ['10,000 devices without a reason', () => null],
  ])('%s', (__, reason) => {
    const results = Array.from({ length: 10_000 }, (___, index) => failed(index, reason(index)));
    const message = reasonsMessage(reportOf(results, { task, operationId: 'op-1' }), 'needs-scope');
    expectSound(message);
    expect(message.blocks.filter(({ type }) => type === 'data_table')).toHaveLength(1);
  });
});

describe('the message', () => {
  test('names reasons with their shares, most frequent first, and the devices', () => {
    const text = shownText(reportOf([failed(1, 'A'), failed(2, 'B'), failed(3, 'B'), failed(4, null)]));
    expect(text).toContain('4 devices failed, 3 reasons');
    expect(text).toContain(
      'Failed devices by reason\nReason | Devices | Share\nB | 2 | 50 %\n(no reason given) | 1 | 25 %\nA | 1 | 25 %',
    );
    expect(text).toContain('`d-1` A · 2024-03-11 12:00 UTC');
  });

  test('says where the devices beyond the tenth are', () => {
    const many = reportOf(Array.from({ length: 25 }, (_, index) => failed(index, 'A')));
    expect(shownText(many, 'follows')).toContain('and 15 more: all of them in the CSV file that follows');
    expect(shownText(many, 'needs-scope')).toContain('`files:write`');
    expect(shownText(many)).toMatch(/and 15 more$/m);
  });

  test('says that not all were read, and why', () => {
    const cut = reportOf([failed(1, 'A')], { total: 5_000, cut: { kind: 'too-many' } });
    expect(shownText(cut)).toContain('5,000 devices failed');
    expect(shownText(cut)).toContain('Only 1 failed device of 5,000 was read');
    const broken = reportOf([failed(1, 'A')], { cut: { kind: 'trouble', trouble: trouble(HOSTILE) } });
    expectSound(reasonsMessage(broken, 'none'));
  });

  test('of no failure has no table', () => {
    const message = reasonsMessage(reportOf([]), 'none');
    expectSound(message);
    expect(readable(message)).toContain('no device has failed');
    expect(message.blocks.some(({ type }) => type === 'data_table')).toBe(false);
  });

  test('tells the groups without blocks too', () => {
    const { text } = reasonsMessage(reportOf([failed(1, 'A <!here>'), failed(2, 'B')]), 'none');
    expect(text).toContain('A &lt;!here&gt;: 1 device (50 %)\nB: 1 device (50 %)');
  });

  test('of a task never seen names its id', () => {
    expect(shownText(reportOf([failed(1, 'A')], { task: null }))).toContain('*Why devices failed*\n`op-1`');
  });

  test('puts reasons that do not fit into the table together', () => {
    const long = Array.from({ length: 90 }, (_, index) => failed(index, `${index} `.padEnd(200, 'x')));
    const text = shownText(reportOf(long));
    expect(text).toMatch(/\(\d\d other reasons\) \| \d\d \| \d\d %/);
    expectSound(reasonsMessage(reportOf(long), 'none'));
  });
});

test('the file holds a line for each device, times in UTC, and no formula', () => {
  const results = [failed(1, '=1+1'), { ...failed(2, 'a, b'), startTime: null, stopTime: NOON + 5 }];
  expect(reasonsCsv(results)).toBe(
    [
      'device id,status,reason,started,ended',
      "d-1,fail,'=1+1,2024-03-11T11:00:00Z,2024-03-11T12:00:00Z",
      'd-2,fail,"a, b",,2024-03-11T12:00:00.005Z',
      '',
    ].join('\r\n'),
  );
});
