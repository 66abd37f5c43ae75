import { describe, expect, test } from '@jest/globals';
import { parseTerms } from '../../../src/core/filter/parse-terms.ts';
import { printTerms } from '../../../src/core/filter/print-filter.ts';
import { unknownName, withNearest } from '../../../src/core/filter/unknown-value.ts';

describe('a name that no task carries', () => {
  test('is shown with the known ones that come nearest', () => {
    expect(unknownName('model', 'wm21', ['Gateway', 'WM31', 'WM20', ''])).toEqual({
      field: 'model',
      value: 'wm21',
      nearest: 'WM20',
      known: ['WM20', 'WM31', 'Gateway'],
      more: false,
    });
    expect(unknownName('group', 'north', ['a', 'b', 'c', 'd', 'e', 'f'])).toMatchObject({ more: true });
  });

  test('is taken for none that has little in common with it', () => {
    expect(unknownName('model', 'X1', ['Gateway']).nearest).toBeNull();
    expect(unknownName('model', 'X1', []).known).toEqual([]);
  });

  test('is replaced where it stands and nowhere else', () => {
    const { terms } = parseTerms('model:WM21,Z -group:WM21 fail>5%');
    const unknown = [unknownName('model', 'WM21', ['WM20'])];
    expect(printTerms(withNearest(terms, unknown) ?? [])).toBe('model:WM20,Z -group:WM21 fail>5%');
    expect(withNearest(terms, [...unknown, unknownName('group', 'WM21', ['south'])])).toBeNull();
  });
});
