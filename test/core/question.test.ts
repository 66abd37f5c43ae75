import { describe, expect, test } from '@jest/globals';
import { parseQuestion } from '../../src/core/question.ts';

describe('what a line asks for', () => {
  test.each(['', '   ', '\n'])('nothing typed (%j) is the overview', (line) => {
    expect(parseQuestion(line)).toEqual({ kind: 'overview', private: false });
  });

  test.each(['help', 'HELP', ' help ', '?'])('%s', (line) => {
    expect(parseQuestion(line)).toEqual({ kind: 'help' });
  });

  test.each(['health', ' Health'])('%s', (line) => {
    expect(parseQuestion(line)).toEqual({ kind: 'health' });
  });

  test('words of the grammar are a list, with page, size and order at their defaults', () => {
    expect(parseQuestion('failed')).toEqual({
      kind: 'list',
      request: {
        terms: [{ field: 'status', values: ['failed'], not: false }],
        sort: null,
        page: 1,
        size: 10,
        private: false,
      },
    });
  });

  test('a page alone lists all tasks', () => {
    expect(parseQuestion('page:2')).toMatchObject({ kind: 'list', request: { terms: [], page: 2 } });
  });
});

describe('ids', () => {
  test.each(['4711', 'op-7f3c21a0', 'urn:imei:4711', '"failed"', 'x'.repeat(256), 'private4711'])(
    'a bare id is looked up: %s',
    (line) => {
      const id = line.replaceAll('"', '');
      expect(parseQuestion(line)).toEqual({ kind: 'look-up', id, private: false });
    },
  );

  test('a bare id can be asked for privately', () => {
    expect(parseQuestion('4711 private')).toEqual({ kind: 'look-up', id: '4711', private: true });
  });

  test('an id named as a task is that task, and nothing else is looked for', () => {
    expect(parseQuestion('task:op-1 private')).toEqual({ kind: 'task', operationId: 'op-1', private: true });
  });

  test.each(['task:op-1,op-2', '-task:op-1', 'task:op-1 failed'])('%s is a list', (line) => {
    expect(parseQuestion(line)).toMatchObject({ kind: 'list' });
  });

  test('two ids are refused; how to ask for both is said', () => {
    expect(parseQuestion('4711 4712')).toMatchObject({
      kind: 'misunderstood',
      problems: [{ word: '4712', suggestion: 'device:4711,4712' }],
    });
  });

  test.each(['4711 failed', 'failed 4711', '4711 page:2', 'size:5 4711', 'sort:failed 4711'])(
    'an id beside other words is refused, since it would be dropped or guessed: %s',
    (line) => {
      expect(parseQuestion(line)).toMatchObject({
        kind: 'misunderstood',
        problems: [{ word: '4711', suggestion: 'device:4711' }],
      });
    },
  );

  test.each(['a/b', '..', 'x'.repeat(257), 'a%2Fb'])('no id, and never part of a path: %s', (line) => {
    expect(parseQuestion(line)).toMatchObject({ kind: 'misunderstood', problems: [{ word: line }] });
  });
});

test('`private` alone asks for the overview, for one pair of eyes', () => {
  expect(parseQuestion(' Private ')).toEqual({ kind: 'overview', private: true });
});

describe('lines that are not understood', () => {
  test.each(['subscribe failed', 'unsubscribe', 'subscriptions', 'why op-1'])('%s is no id', (line) => {
    expect(parseQuestion(line)).toMatchObject({
      kind: 'misunderstood',
      problems: [{ message: expect.stringContaining('ALERT_CHANNEL') }],
    });
  });

  test.each([
    ['halp', 'help'],
    ['healht', 'health'],
    ['heal', 'health'],
    ['help me', 'help'],
    ['faild', 'failed'],
    ['hepl', 'help'],
    ['wiat', 'wait'],
    ['fail', 'failed'],
  ])('%s: did you mean %s', (line, suggestion) => {
    expect(parseQuestion(line)).toMatchObject({ kind: 'misunderstood', problems: [{ suggestion }] });
  });

  test.each([
    ['failed running', 'failed running', 'failed,running'],
    ['fw type:sw', 'firmware software', 'firmware,software'],
    ['model:a model:b', 'model:a model:b', 'model:a,b'],
    ['failed fw running', 'failed running', 'failed,running'],
  ])('%s can match no task; how to write *or* is said', (line, word, suggestion) => {
    expect(parseQuestion(line)).toMatchObject({ kind: 'misunderstood', problems: [{ word, suggestion }] });
  });

  test.each([
    'failed -running',
    'failed,running failed',
    'device:a device:b',
    'group:a group:b',
    'active running',
    'since:2d before:1d',
  ])('%s is no contradiction', (line) => {
    expect(parseQuestion(line)).toMatchObject({ kind: 'list' });
  });

  test('one wrong word stops the whole line', () => {
    expect(parseQuestion('failed modl:x')).toMatchObject({ kind: 'misunderstood' });
  });
});
