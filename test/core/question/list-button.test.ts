import { describe, expect, test } from '@jest/globals';
import { parseTerms, toListRequest } from '../../../src/core/filter/parse-terms.ts';
import {
  printListBlockId,
  printListButton,
  readListBlockId,
  readListButton,
} from '../../../src/core/question/list-button.ts';
import fc from '../../properties.ts';
import { anyRequest } from '../filter/random-requests.ts';

const request = (line: string) => toListRequest(parseTerms(line));
const moment = fc.integer({ min: 0, max: 4e12 });
const anyAnchor = fc.option(
  fc.record({ createdUpTo: moment, lead: fc.integer({ min: 0, max: 100 }), askedAt: moment }),
  { nil: null },
);

test('a button’s value is read back as it was, and never longer than Slack takes', () => {
  fc.assert(
    fc.property(anyRequest, anyAnchor, (asked, anchor) => {
      const value = printListButton({ request: asked, anchor });
      if (value === null) return;
      expect([...value].length).toBeLessThanOrEqual(2_000);
      expect(value).not.toBe('');
      expect(readListButton(value)).toEqual({ request: asked, anchor });
    }),
    { numRuns: 1_000 },
  );
});

test('a block’s name is read back from its first page', () => {
  fc.assert(
    fc.property(anyRequest, (asked) => {
      const id = printListBlockId(asked);
      if (id === null) return;
      expect(id.length).toBeLessThanOrEqual(255);
      expect(readListBlockId(id)).toEqual({ ...asked, page: 1 });
    }),
    { numRuns: 1_000 },
  );
});

test('values that are too long are none', () => {
  const long = request(`model:${'"'.repeat(0)}${'x'.repeat(250)} group:${'y'.repeat(250)}`);
  expect(printListBlockId(long)).toBeNull();
  const quoted = {
    field: 'model',
    values: Array.from({ length: 60 }, (_, n) => `"${n}"`.repeat(8)),
    not: false,
  } as const;
  const anchor = { createdUpTo: 1, lead: 0, askedAt: 1 };
  expect(printListButton({ request: { ...long, terms: [quoted] }, anchor })).toBeNull();
});

describe('what is no question', () => {
  test.each([
    'faild',
    'op-1',
    '{}',
    '{"q":1}',
    '{"q":"faild"}',
    '{"q":"failed","a":[1]}',
    '{"q":"failed","a":[-1,0,1]}',
    '{"q":"failed","a":[1,101,1]}',
    '{"q":"failed","a":[1e300,0,1]}',
    '{broken',
    '[1]',
    'null',
    '\u0000',
    'x'.repeat(5_000),
  ])('%s', (value) => {
    expect(readListButton(value)).toBeNull();
    expect(readListBlockId(value)).toBeNull();
  });

  test('bytes that are no text', () => {
    expect(readListBlockId('list:%E0%A4%A')).toBeNull();
    expect(readListBlockId('failed')).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => void readListBlockId(`list:${text}`)));
    fc.assert(fc.property(fc.json(), (text) => void readListButton(text)));
  });

  test('plain values of older messages are understood', () => {
    expect(readListButton('failed page:2')).toEqual({ request: request('failed page:2'), anchor: null });
  });
});
