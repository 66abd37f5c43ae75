import { describe, expect, test } from '@jest/globals';
import { parseQuestion } from '../../../src/core/question/question.ts';
import fc from '../../properties.ts';

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
  test.each([
    ['halp', 'help'],
    ['healht', 'health'],
    ['heal', 'health'],
    ['help me', 'help'],
    ['faild', 'failed'],
    ['hepl', 'help'],
    ['wiat', 'wait'],
    ['fail', 'failed'],
    ['subscibe', 'subscribe'],
    ['subscibe failed', 'subscribe'],
    ['Subscrbe modl:x mention:<!here>', 'subscribe'],
    ['sub', 'subscribe'],
    ['unsub', 'unsubscribe'],
    ['unsubscrbe all', 'unsubscribe'],
    ['subs', 'subscriptions'],
    ['subscription', 'subscriptions'],
    ['whi', 'why'],
    ['failed subscribe', 'subscribe'],
    ['op-1 why', 'why'],
    ['"subscriptions"', 'subscriptions'],
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

  test('a subcommand in the wrong place is told where it belongs', () => {
    expect(parseQuestion('help me')).toMatchObject({
      problems: [{ word: 'help', message: 'stands alone on its line' }],
    });
    expect(parseQuestion('subscriptions failed')).toMatchObject({
      problems: [{ word: 'subscriptions', message: 'stands alone on its line', suggestion: 'subscriptions' }],
    });
    expect(parseQuestion('failed Subscribe')).toMatchObject({
      problems: [{ word: 'Subscribe', message: 'stands first on its line', suggestion: 'subscribe' }],
    });
  });

  test('one wrong word stops the whole line', () => {
    expect(parseQuestion('failed modl:x')).toMatchObject({ kind: 'misunderstood' });
  });
});

describe('subscriptions', () => {
  test('what to subscribe to is read as a wish; case is kept where it matters', () => {
    expect(parseQuestion('  Subscribe   failed model:WM20 ')).toEqual({
      kind: 'subscribe',
      wish: {
        terms: [{ field: 'model', values: ['WM20'], not: false }],
        kinds: ['failed'],
        hoursOnly: false,
      },
    });
    expect(parseQuestion('subscribe\tfailed')).toMatchObject({
      kind: 'subscribe',
      wish: { kinds: ['failed'] },
    });
  });

  test('alone it is every task', () => {
    expect(parseQuestion('subscribe')).toEqual({ kind: 'subscribe', wish: { terms: [], hoursOnly: false } });
  });

  test.each([
    ['unsubscribe', null, false],
    ['UNSUBSCRIBE ALL', null, true],
    ['unsubscribe failed', { terms: [], kinds: ['failed'], hoursOnly: false }, false],
    ['unsubscribe quiet:off', { terms: [], quiet: 'off', hoursOnly: true }, false],
  ])('%s', (line, wish, all) => {
    expect(parseQuestion(line)).toEqual({ kind: 'unsubscribe', wish, all });
  });

  test.each(['subscribe help', 'unsubscribe ?'])('%s', (line) => {
    expect(parseQuestion(line)).toEqual({ kind: 'help' });
  });

  test.each([
    ['subscribe faild', 'faild', 'failed'],
    ['subscribe status:failed', 'status:failed', 'on:failed'],
    ['subscribe all', 'all', 'on:all'],
    ['unsubscribe all failed', 'all', 'on:all'],
    ['unsubscribe 4711', '4711', 'device:4711'],
  ])('%s changes nothing', (line, word, suggestion) => {
    expect(parseQuestion(line)).toMatchObject({ kind: 'misunderstood', problems: [{ word, suggestion }] });
  });

  test.each(['subscriptions', ' Subscriptions '])('%s', (line) => {
    expect(parseQuestion(line)).toEqual({ kind: 'subscriptions' });
  });
});

describe('why something was told or not', () => {
  test.each([
    ['why op-1', 'op-1'],
    ['WHY Op-1', 'Op-1'],
    ['why task:op-1', 'op-1'],
    ['why "op-1"', 'op-1'],
    ['why urn:imei:4711', 'urn:imei:4711'],
    ['why task:urn:imei:4711', 'urn:imei:4711'],
    ['why "failed"', 'failed'],
  ])('%s', (line, operationId) => {
    expect(parseQuestion(line)).toEqual({ kind: 'why', operationId });
  });

  test.each([
    'why',
    'why op-1 op-2',
    'why op-1,op-2',
    'why op-1 private',
    'why failed',
    'why -op-1',
    'why -task:op-1',
    'why device:op-1',
    'why tsk:op-1',
    'why task:',
    'why a/b',
    'why ..',
    'why "op-1',
    'why op\u0000',
    `why ${'x'.repeat(257)}`,
    `why ${'x '.repeat(2_000)}`,
  ])('%j is answered with how to ask', (line) => {
    expect(parseQuestion(line)).toEqual({
      kind: 'misunderstood',
      problems: [
        { word: 'why', message: expect.stringContaining('the id of one task'), suggestion: 'why task:…' },
      ],
    });
  });
});

test('no line is too odd to be answered', () => {
  const begun = fc.constantFrom('', 'subscribe ', 'unsubscribe ', 'subscriptions ', 'why ');
  fc.assert(
    fc.property(begun, fc.string({ unit: 'binary' }), (subcommand, rest) => {
      expect(parseQuestion(subcommand + rest).kind).toMatch(/^[a-z-]+$/);
    }),
    { numRuns: 5_000 },
  );
});
