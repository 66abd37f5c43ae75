import { describe, expect, test } from '@jest/globals';
import { parseTerms } from '../../../src/core/filter/parse-terms.ts';
import { printTerms } from '../../../src/core/filter/print-filter.ts';
import { resolveTime } from '../../../src/core/filter/time-expression.ts';
import { inZone } from '../../../src/core/subscription/read-zone.ts';
import fc from '../../properties.ts';
import { anyTerm } from '../filter/random-requests.ts';

const moved = (line: string, zone: string) => printTerms(inZone(parseTerms(line).terms, zone));

describe('dates of a stored subscription', () => {
  test.each([
    ['since:2024-03-11', 'Europe/Berlin', 'since:2024-03-10T23:00Z'],
    ['before:2024-07-11T06:05', 'Asia/Shanghai', 'before:2024-07-10T22:05Z'],
    ['since:2024-03-11', 'UTC', 'since:2024-03-11T00:00Z'],
    ['since:2024-03-11Z before:2d', 'Europe/Berlin', 'since:2024-03-11Z before:2d'],
    ['model:x fail>5%', 'Europe/Berlin', 'model:x fail>5%'],
    ['since:2024-03-11', 'Nowhere/Gone', 'since:2024-03-11T00:00Z'],
    ['since:0001-01-01', 'Asia/Shanghai', 'since:0001-01-01T00:00Z'],
    ['before:9999-12-31T23:59', 'America/New_York', 'before:9999-12-31T23:59Z'],
  ])('%s in %s is %s', (line, zone, printed) => {
    expect(moved(line, zone)).toBe(printed);
  });

  test('mean the same moment wherever they are read, to the minute, and can be read back', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    fc.assert(
      fc.property(fc.array(anyTerm), zones, zones, (terms, zone, elsewhere) => {
        const stored = inZone(terms, zone);
        expect(parseTerms(printTerms(stored)).terms).toEqual(stored);
        for (const [index, term] of stored.entries()) {
          const typed = terms[index];
          if (!('time' in term) || !typed || !('time' in typed)) continue;
          expect(term.time.kind).not.toBe('local');
          const meant = resolveTime(typed.time, { now: 0, zone });
          const read = resolveTime(term.time, { now: 0, zone: elsewhere });
          if (meant > Date.parse('0001-01-02') && meant < Date.parse('9999-12-30')) {
            expect(meant - read).toBeGreaterThanOrEqual(0);
            expect(meant - read).toBeLessThan(60_000);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
