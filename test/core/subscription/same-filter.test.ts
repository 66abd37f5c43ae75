import { expect, test } from '@jest/globals';
import { parseTerms } from '../../../src/core/filter/parse-terms.ts';
import { sameFilter, withFilter } from '../../../src/core/subscription/same-filter.ts';

const terms = (line: string) => parseTerms(line).terms;

test.each([
  ['', ''],
  ['firmware model:WM20', 'model:WM20 firmware'],
  ['model:A,B', 'model:B,A'],
  ['fw', 'firmware'],
  ['model:A model:A', 'model:A'],
  ['fail>5% since:2d', 'since:2d fail>5%'],
  ['model:A', 'model:a'],
  ['group:“Süd”', 'group:"su\u0308d",SÜD'],
])('%j and %j are one filter', (one, other) => {
  expect(sameFilter(terms(one), terms(other))).toBe(true);
});

test.each([
  ['', 'firmware'],
  ['model:A', 'model:B'],
  ['task:A', 'task:a'],
  ['model:A,B', 'model:A model:B'],
  ['firmware', '-firmware'],
  ['model:A', 'device:A'],
  ['since:2d', 'since:48h'],
  ['fail>5', 'fail>5%'],
  ['model:"a b"', 'model:a model:b'],
])('%j and %j are two', (one, other) => {
  expect(sameFilter(terms(one), terms(other))).toBe(false);
});

test('is found among many', () => {
  const all = ['', 'firmware', 'model:A firmware'].map((line) => ({ line, terms: terms(line) }));
  expect(withFilter(all, terms('firmware model:A'))?.line).toBe('model:A firmware');
  expect(withFilter(all, [])?.line).toBe('');
  expect(withFilter(all, terms('software'))).toBeNull();
});
