import { describe, expect, test } from '@jest/globals';
import { groupReasons, normalReason } from '../../../src/core/task/reasons.ts';
import type { DeviceResult } from '../../../src/core/task/task.ts';
import fc from '../../properties.ts';

function failedFor(...reasons: readonly (string | null)[]): readonly DeviceResult[] {
  return reasons.map((detailInfo, index) => ({
    subOperationId: null,
    deviceId: `d-${index}`,
    status: 'failed',
    statusWord: 'fail',
    createTime: null,
    startTime: null,
    stopTime: null,
    detailInfo,
    extendInfo: {},
  }));
}

const short = (reasons: readonly (string | null)[], most = 100) =>
  groupReasons(failedFor(...reasons), most).map(({ kind, reason, devices }) => [kind, reason, devices]);

describe('grouping by reason', () => {
  test('puts the same text together, most frequent first', () => {
    expect(short(['b', 'a', 'b'])).toEqual([
      ['text', 'b', 2],
      ['text', 'a', 1],
    ]);
  });

  test('ignores case and white space, and shows the text as first met', () => {
    expect(short(['Out of memory', ' out  of MEMORY\n'])).toEqual([['text', 'Out of memory', 2]]);
  });

  test('takes nothing, blanks and a missing reason as one', () => {
    expect(short([null, '', ' \n'])).toEqual([['none', '', 3]]);
  });

  test('leaves out what follows a known beginning, but not a longer word', () => {
    expect(normalReason('Task Conflict: log collection on 4711')).toBe('Task Conflict');
    expect(normalReason('task conflict')).toBe('Task Conflict');
    expect(normalReason('The task failed to start, unable to find protocol service of 3f')).toBe(
      'The task failed to start, unable to find protocol service',
    );
    expect(normalReason('Task Conflicting')).toBe('Task Conflicting');
    expect(normalReason('No Task Conflict')).toBe('No Task Conflict');
  });

  test('puts the rarest together as other, last, and counts them', () => {
    const groups = groupReasons(failedFor('a', 'a', 'a', 'b', 'b', 'c', 'd'), 3);
    expect(groups.map(({ kind, devices, reasons }) => [kind, devices, reasons])).toEqual([
      ['text', 3, 1],
      ['text', 2, 1],
      ['other', 2, 2],
    ]);
  });

  test('of no device is empty', () => {
    expect(groupReasons([], 10)).toEqual([]);
  });

  test('loses no device, whatever the texts and however many groups there may be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.string({ maxLength: 3 }))),
        fc.integer({ min: 1, max: 5 }),
        (reasons, most) => {
          const groups = groupReasons(failedFor(...reasons), most);
          expect(groups.length).toBeLessThanOrEqual(most);
          expect(groups.reduce((sum, { devices }) => sum + devices, 0)).toBe(reasons.length);
          const share = groups.reduce((sum, group) => sum + group.share, 0);
          expect(share).toBeCloseTo(reasons.length === 0 ? 0 : 1);
        },
      ),
    );
  });
});
