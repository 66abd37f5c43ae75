import { describe, expect, test } from '@jest/globals';
import { createReportOnce } from '../../src/lib/report-once.ts';

function reporter() {
  const reported: string[] = [];
  return { reported, report: createReportOnce((what) => reported.push(what)) };
}

describe('what cannot be read', () => {
  test('is reported once, however often it is met', () => {
    const { reported, report } = reporter();
    for (const what of ['task op-1: createTime', 'task op-2: createTime', 'task op-1: createTime'])
      report(what);
    expect(reported).toEqual(['task op-1: createTime', 'task op-2: createTime']);
  });

  test('is reported again when something else of the same task cannot be read', () => {
    const { reported, report } = reporter();
    report('task op-1: createTime');
    report('task op-1: createTime, staResult.fail');
    expect(reported).toHaveLength(2);
  });

  test('is the same row wherever it stands in its list', () => {
    const { reported, report } = reporter();
    report('Row 3 of page 1 of the task list has no usable id.');
    report('Row 12 of page 2 of the task list has no usable id.');
    expect(reported).toEqual(['Row 3 of page 1 of the task list has no usable id.']);
  });

  test('is forgotten in the end, so that memory stays bounded', () => {
    const { reported, report } = reporter();
    for (let task = 0; task <= 1_000; task += 1) report(`task op-${task}: createTime`);
    report('task op-0: createTime');
    report('task op-1000: createTime');
    expect(reported).toHaveLength(1_002);
  });
});
