import { describe, expect, test } from '@jest/globals';
import type { ListRequest, Term } from '../../../src/core/filter/filter.ts';
import { type FilterForm, formOf, readForm } from '../../../src/core/filter/form.ts';
import { parseTerms, toListRequest } from '../../../src/core/filter/parse-terms.ts';
import { printTerm } from '../../../src/core/filter/print-filter.ts';
import { joinValues, splitValues } from '../../../src/core/filter/value-list.ts';
import fc from '../../properties.ts';
import { anyRequest } from './random-requests.ts';

const request = (line: string): ListRequest => toListRequest(parseTerms(line));
const empty: FilterForm = formOf(request(''));
const problemsOf = (changes: Partial<FilterForm>) => {
  const read = readForm({ ...empty, ...changes });
  return read.ok
    ? {}
    : Object.fromEntries([...read.problems].map(([field, { message }]) => [field, message]));
};
const inAnyOrder = (terms: readonly Term[]) => terms.map(printTerm).toSorted();

describe('a question as a form and back', () => {
  test('is the same question from its first page, whatever it asks', () => {
    fc.assert(
      fc.property(anyRequest, (asked) => {
        const read = readForm(formOf(asked));
        // Two values nothing can have at once are refused on a line as well.
        fc.pre(
          read.ok || ![...read.problems.values()].some(({ message }) => message.includes('can be both')),
        );
        expect(read).toEqual({
          ok: true,
          request: { ...asked, page: 1, terms: expect.anything() },
        });
        if (read.ok) expect(inAnyOrder(read.request.terms)).toEqual(inAnyOrder(asked.terms));
      }),
      { numRuns: 2_000 },
    );
  });

  test('is the same form again', () => {
    fc.assert(
      fc.property(anyRequest, (asked) => {
        const form = formOf(asked);
        const read = readForm(form);
        if (read.ok) expect(formOf(read.request)).toEqual(form);
      }),
      { numRuns: 2_000 },
    );
  });

  test('what no control can show stands in the last field', () => {
    expect(formOf(request('failed -model:a model:b model:c since:1d since:2d -fw'))).toMatchObject({
      status: ['failed'],
      texts: { model: 'b' },
      since: '1d',
      more: '-model:a model:c since:2d -firmware',
    });
  });
});

describe('a filled-in form', () => {
  test('is read as people write', () => {
    const texts = { ...empty.texts, model: ' WM 20 , WM30,,', manufacturer: '"Huawei, Ltd."' };
    const read = readForm({ ...empty, texts, fail: ' fail > 5% '.replaceAll(' ', ''), since: ' 2d ' });
    expect(read).toMatchObject({ ok: true });
    expect(read.ok && inAnyOrder(read.request.terms)).toEqual([
      'fail>5%',
      'manufacturer:"Huawei, Ltd."',
      'model:"WM 20",WM30',
      'since:2d',
    ]);
  });

  test.each([
    [{ since: '2d failed' }, 'since', 'only one value'],
    [{ since: '2024-02-30' }, 'since', 'there is no such date'],
    [{ fail: '5' }, 'fail', 'write `>5%`'],
    [{ texts: { ...empty.texts, device: 'a/b' } }, 'device', 'an id is made of'],
    [{ texts: { ...empty.texts, model: '"open' } }, 'model', 'never closed'],
    [{ more: 'faild' }, 'more', 'no word of a filter'],
    [{ more: 'op-1234' }, 'more', 'told what it is the id of'],
    [{ more: 'page:2' }, 'more', 'chosen above'],
    [{ more: 'private' }, 'more', 'chosen above'],
    [{ status: ['failed'], more: 'running' }, 'more', 'no task can be both'],
    [{ more: '"open' }, 'more', 'never closed'],
    [{ status: ['nonsense'] }, 'status', 'is no status'],
    [{ size: 101 }, 'more', 'size'],
    [{ size: Number.NaN }, 'more', 'size'],
    [{ more: `model:${'x'.repeat(257)}` }, 'more', '256'],
  ] as const)('%j is told at %s', (changes, field, message) => {
    expect(problemsOf(changes)).toEqual({ [field]: expect.stringContaining(message) });
  });

  test('never asks for more than its controls say, whatever is typed into one', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.constantFrom('since', 'before', 'fail'), (text, field) => {
        const read = readForm({ ...empty, [field]: text });
        if (read.ok && text.trim() !== '')
          expect(read.request.terms.map((term) => term.field)).toEqual([field]);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('lists of values', () => {
  test('are read back as they were', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((one) => one !== '');
    fc.assert(
      fc.property(fc.uniqueArray(value, { maxLength: 5 }), (values) => {
        expect(splitValues(joinValues(values))).toEqual(values);
      }),
      { numRuns: 2_000 },
    );
  });
});
