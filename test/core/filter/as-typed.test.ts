import { describe, expect, test } from '@jest/globals';
import { parseTerms } from '../../../src/core/filter/parse-terms.ts';
import { parseQuestion } from '../../../src/core/question/question.ts';

describe('a line means the same, however it is typed or pasted', () => {
  test.each([
    ['failed.', 'failed'],
    ['failed!', 'failed'],
    ['failed?', 'failed'],
    ['failed: firmware', 'failed firmware'],
    ['failed, firmware', 'failed firmware'],
    ['（failed）。', 'failed'],
    ['[failed]', 'failed'],
    ['<failed>', 'failed'],
    ['(failed since:2d)', 'failed since:2d'],
    ['(-failed model:WM20)', '-failed model:WM20'],
    ['\u200bfailed\ufeff', 'failed'],
    ['fai\u00adled', 'failed'],
    ['-\u200bfailed', '-failed'],
    ['\u200b-failed', '-failed'],
    ['ｆａｉｌｅｄ　firmware', 'failed firmware'],
    ['failed\u00a0firmware\u202fmodel:x', 'failed firmware model:x'],
    ['model：WM20，WM30', 'model:WM20,WM30'],
    ['fail＞＝５％', 'fail>=5%'],
    ['model:‘WM 20’', 'model:"WM 20"'],
    ["model:'WM 20','WM 30'", 'model:"WM 20","WM 30"'],
    ['model:«WM 20»', 'model:"WM 20"'],
    ['model:»WM 20«', 'model:"WM 20"'],
    ['model:「WM 20」', 'model:"WM 20"'],
    ['model:＂WM 20＂', 'model:"WM 20"'],
    ["group:'O’Neill & Sons'", 'group:"O’Neill & Sons"'],
    ['group:O’Neill', 'group:"O’Neill"'],
    ['device:dev-1.', 'device:dev-1'],
    ['device:"dev-1".', 'device:dev-1'],
    ['since:2024-03-11.', 'since:2024-03-11'],
    ['status:failed;', 'status:failed'],
  ])('%s is %s', (typed, plain) => {
    const { problems, ...parsed } = parseTerms(typed);
    expect(problems).toEqual([]);
    expect(parsed).toEqual({ ...parseTerms(plain), problems: undefined });
  });

  test.each(['–', '—', '−', '‐', '‑', '‒', '―', '﹣', '－'])('%s before a word is a minus', (dash) => {
    for (const word of ['failed', 'model:WM20', 'status:failed'])
      expect(parseTerms(`${dash}${word}`)).toEqual(parseTerms(`-${word}`));
  });

  test.each([
    'op-4711.',
    '(op-4711)',
    '"op-4711"',
    '“op-4711”',
    "'op-4711'",
    '<op-4711>',
    '[op-4711],',
    'op-4711:',
    'op-4711?!',
    '\u2060op-4711\u200b',
    'ｏｐ－４７１１',
  ])('%s is an id without what stands around it', (typed) => {
    expect(parseQuestion(typed)).toEqual({ kind: 'look-up', id: 'op-4711', private: false });
    expect(parseQuestion(`why ${typed}`)).toEqual({ kind: 'why', operationId: 'op-4711' });
  });

  test('what a name ends in is its own', () => {
    for (const [typed, value] of [
      ['manufacturer:Acme.', 'Acme.'],
      ['model:(WM20)', '(WM20)'],
      ['model:"WM20)"', 'WM20)'],
      ['task:"op-1."', 'op-1.'],
    ] as const)
      expect(parseTerms(typed).terms).toMatchObject([{ values: [value] }]);
  });
});

describe('nothing that is suggested turns a question around', () => {
  test.each([
    ['!failed', '-failed'],
    ['!=failed', '-failed'],
    ['¬faild', '-failed'],
    ['unfailed', '-failed'],
    ['notfailed', '-failed'],
    ['non-failed', '-failed'],
    ['inactive', '-active'],
    ['-!failed', null],
    ['—faild', '-failed'],
    ['--failed', '-failed'],
    ['status:-failed', '-status:failed'],
    ['status:!failed', '-status:failed'],
    ['-status:-failed', null],
    ['status:failed,-stopped', null],
    ['failed,-stopped', null],
    ['–private', null],
    ['-', null],
    ['failed – firmware', null],
    ['-subscribe', null],
  ])('%s: did you mean %s', (line, suggestion) => {
    const question = parseQuestion(line);
    expect(question).toMatchObject({ kind: 'misunderstood', problems: [{ suggestion }] });
  });

  test('what is half of `subscribe` and half of `unsubscribe` ends a subscription rather than making one', () => {
    expect(parseQuestion('usubscribe')).toMatchObject({ problems: [{ suggestion: 'unsubscribe' }] });
  });
});
