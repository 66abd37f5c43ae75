import { describe, expect, test } from '@jest/globals';
import { parseTerms, toListRequest } from '../../../src/core/filter/parse-terms.ts';
import { printRequest, printTerms } from '../../../src/core/filter/print-filter.ts';
import fc from '../../properties.ts';
import { anyRequest } from './random-requests.ts';

describe('the normal form', () => {
  test.each([
    ['Processing', 'running'],
    ['wait', 'waiting'],
    ['succeeded', 'success'],
    ['stop', 'stopped'],
    ['wait,running', 'active'],
    ['status:failed', 'failed'],
    ['-type:SW', '-software'],
    ['vendor:Acme', 'manufacturer:Acme'],
    ['model:“WM 20”', 'model:"WM 20"'],
    ['model:"WM20"', 'model:WM20'],
    ['model:"a,b",c', 'model:"a,b",c'],
    ['model:"a\\"b"', 'model:"a\\"b"'],
    ['since:"2024-03-11 06:05"', 'since:2024-03-11T06:05'],
    ['since:2D', 'since:2d'],
    ['FAIL>5.50%', 'fail>5.5%'],
    ['page:1 size:10', ''],
    ['private page:02 size:20 sort:failed failed', 'failed sort:failed size:20 page:2 private'],
  ])('%s is repeated as %s', (line, normal) => {
    expect(printRequest(toListRequest(parseTerms(line)))).toBe(normal);
  });

  test('is read back as the very same request, whatever it holds', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const parsed = parseTerms(printRequest(request));
        expect(parsed.problems).toEqual([]);
        expect(parsed.ids).toEqual([]);
        expect(toListRequest(parsed)).toEqual(request);
      }),
      { numRuns: 5_000 },
    );
  });

  test('always fits into the value of a button', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('fw', 'wait', 'sw', 'vendor:x', 'model:"\\""')), (words) => {
        const line = Array.from({ length: 40 }, () => words.join(' ')).join(' ');
        const parsed = parseTerms(line);
        if (parsed.problems.length > 0) return;
        const fullest = { page: 1_000_000, size: 100, private: true, sort: 'created' } as const;
        const normal = printRequest({ ...toListRequest(parsed), ...fullest });
        expect(normal.length).toBeLessThanOrEqual(2_000);
        expect(parseTerms(printTerms(parsed.terms)).terms).toEqual(parsed.terms);
      }),
    );
  });
});
