import { describe, expect, test } from '@jest/globals';
import { parseTerms } from '../../../src/core/filter/parse-terms.ts';

function onlyProblem(line: string) {
  const { problems } = parseTerms(line);
  expect(problems).toHaveLength(1);
  return problems[0];
}

describe('a slip is named together with what was probably meant', () => {
  test.each([
    ['faild', 'failed'],
    ['Faild', 'failed'],
    ['fail', 'failed'],
    ['fialed', 'failed'],
    ['runing', 'running'],
    ['sucess', 'success'],
    ['firmwre', 'firmware'],
    ['firm', 'firmware'],
    ['privat', 'private'],
    ['-faild', '-failed'],
    ['--failed', '-failed'],
    ['stauts:failed', 'status:failed'],
    ['-stauts:failed', '-status:failed'],
    ['modl:x', 'model:x'],
    ['modl:"x y"', 'model:"x y"'],
    ['pge:2', 'page:2'],
    ['dev:4711', 'device:4711'],
    ['status:faild', 'status:failed'],
    ['type:firmwre', 'type:firmware'],
    ['sort:faild', 'sort:failed'],
    ['failed,stoped', 'stopped'],
    ['failed,stop,firm', 'firmware'],
    ['size:0', 'size:10'],
    ['size:101', 'size:10'],
    ['page:0', 'page:1'],
    ['-since:2d', 'before:2d'],
    ['-before:2d', 'since:2d'],
    ['-op-4711', '-device:op-4711'],
    ['model:', 'model:…'],
  ])('%s: did you mean %s', (line, suggestion) => {
    expect(onlyProblem(line)).toMatchObject({ word: line, suggestion });
  });

  test('the words around it are not blamed', () => {
    expect(onlyProblem('failed modl:x size:20')).toMatchObject({ word: 'modl:x', suggestion: 'model:x' });
  });

  test('every wrong word is named, not just the first', () => {
    expect(parseTerms('faild modl:x size:0').problems.map(({ word }) => word)).toEqual([
      'faild',
      'modl:x',
      'size:0',
    ]);
  });
});

describe('what cannot be meant is refused with a sentence', () => {
  test.each([
    ['since:2024-02-30', 'no such date'],
    ['since:2024-13-01', 'no such date'],
    ['since:2024-03-11T25:00', 'no such date'],
    ['since:yesterday', 'is no time'],
    ['since:', 'is no time'],
    ['before:2', 'is no time'],
    ['size:ten', 'whole number from 1 to 100'],
    ['size:-1', 'whole number'],
    ['size:1.5', 'whole number'],
    ['page:99999999', 'whole number from 1'],
    ['-page:2', 'cannot be negated'],
    ['-sort:failed', 'cannot be negated'],
    ['-private', 'cannot be negated'],
    ['-fail>5%', 'cannot be negated'],
    ['fail<5', 'fail>5%'],
    ['fail>1.5', 'fail>5%'],
    ['fail>101%', 'fail>5%'],
    ['fail>5%,10', 'fail>5%'],
    ['status:', 'needs a value'],
    ['status:failed,', 'needs a value'],
    ['model:a,,b', 'needs a value'],
    ['model:" "', 'needs a value'],
    ['status:elephant', 'is no status'],
    ['type:failed', 'is no type'],
    ['failed,firmware', 'not both'],
    ['failed,model:x', '`model:x` is no word of a filter'],
    ['colour:red', 'no key of a filter'],
    [':failed', 'no key of a filter'],
    ['device:a/b', 'an id is made of'],
    ['device:..', 'an id is made of'],
    ['task:"a b"', 'an id is made of'],
    ['ops/4711', 'neither a word of a filter nor an id'],
    ['../4711', 'neither a word of a filter nor an id'],
    ['<!channel>', 'neither a word of a filter nor an id'],
    ['""', 'neither a word of a filter nor an id'],
    ['-"failed"', 'can be negated'],
  ])('%s', (line, message) => {
    expect(onlyProblem(line)).toMatchObject({ word: line, message: expect.stringContaining(message) });
  });

  test('a value longer than 256 characters', () => {
    expect(parseTerms(`model:${'x'.repeat(256)}`).problems).toEqual([]);
    expect(onlyProblem(`model:${'x'.repeat(257)}`)).toMatchObject({
      message: expect.stringContaining('256'),
    });
  });

  test.each(['model:"WM 20', 'failed model:„WM 20', '"'])('an unclosed quotation mark: %s', (line) => {
    expect(onlyProblem(line)).toMatchObject({ message: expect.stringContaining('never closed') });
  });

  test.each(['failed\u0000', 'fai\u0007led', 'model:\u001b[31m', '\u007f'])(
    'a control character: %j',
    (line) => {
      const problem = onlyProblem(line);
      expect(problem?.message).toContain('control character');
      expect(problem?.word).toContain('\ufffd');
    },
  );
});

describe('long lines', () => {
  test('10,000 characters are refused without repeating them', () => {
    const problem = onlyProblem('failed '.repeat(1_429));
    expect(problem?.message).toContain('2000 characters');
    expect(problem?.word.length).toBeLessThan(50);
  });

  test('a line is not cut inside a surrogate pair when it is quoted', () => {
    expect(onlyProblem('🚰'.repeat(2_001))?.word).toBe(`${'🚰'.repeat(40)}…`);
  });

  test('a line whose normal form is too long to be kept in a button or a subscription is refused', () => {
    expect(onlyProblem('fw '.repeat(600))?.message).toContain('too long');
    expect(parseTerms('fw '.repeat(200)).problems).toEqual([]);
  });
});
