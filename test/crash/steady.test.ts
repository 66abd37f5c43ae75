import { describe, expect, test } from '@jest/globals';
import { steadyContent, steadyText } from './steady.ts';

test.each([
  ['failed <!date^1710137102^{date_short_pretty} {time}|2024-03-11 06:05 UTC>', 'failed <time>'],
  ['failed (op-001), 2024-03-11 06:05 UTC.', 'failed (op-001), <time>.'],
  ['<!date^1^{time}|1970-01-01 00:00 UTC>, told 22 min 4 s later · x', '<time> · x'],
  [
    'x: failed (op-001), ran 2 h 3 min. 4 of 20 devices failed.',
    'x: failed (op-001). 4 of 20 devices failed.',
  ],
  [
    'x: failed (op-001). 4 of 20 devices failed. Ended after 12 s, suspiciously fast: perhaps the version was installed already, or no device was reached.',
    'x: failed (op-001). 4 of 20 devices failed.',
  ],
  ['4 of 20 devices failed. Reasons: 4 × No answer..', '4 of 20 devices failed.'],
  ['4 failed. Reasons, of 3 devices read: 3 × No answer..', '4 failed.'],
])('%s', (text, steady) => {
  expect(steadyText(text)).toBe(steady);
});

test('numbers that are no lengths of time stay', () => {
  const text = '2 of 20 devices done (10 %) · 12 upgrade tasks changed at once';
  expect(steadyText(text)).toBe(text);
});

describe('the content of a message', () => {
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
  const of = (...texts: readonly string[]) =>
    steadyContent({ text: '', blocks: texts.map(section), attachments: [] });

  test('is its blocks without the one that names failed devices', () => {
    expect(of('*failed*', 'Reasons: 3 × No answer.\nFailed devices: `d-1`')).toBe(of('*failed*'));
    expect(of('*failed*')).not.toBe(of('*running*'));
  });
});
