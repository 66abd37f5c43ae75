import { describe, expect, test } from '@jest/globals';
import { toCsv } from '../../../src/render/task/reasons-csv.ts';
import fc from '../../properties.ts';

const lineOf = (...cells: (string | number | null)[]) => toCsv(['head'], [cells]).slice('head\r\n'.length);

describe('rows as comma-separated values', () => {
  test('end with CRLF, header first', () => {
    expect(toCsv(['a', 'b'], [['1', 2]])).toBe('a,b\r\n1,2\r\n');
    expect(toCsv(['a'], [])).toBe('a\r\n');
  });

  test('are quoted where a comma, a quote or a line break stands, and only there', () => {
    expect(lineOf('a,b', 'say "hi"', 'two\nlines', 'plain text')).toBe(
      '"a,b","say ""hi""","two\nlines",plain text\r\n',
    );
  });

  test('leave what is not known empty', () => {
    expect(lineOf(null, '', 0)).toBe(',,0\r\n');
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['=HYPERLINK("http://evil.example","x")', '"\'=HYPERLINK(""http://evil.example"",""x"")"'],
    ['\r=1', '"\'\r=1"'],
  ])('never hold a formula: %j', (text, expected) => {
    expect(lineOf(text)).toBe(`${expected}\r\n`);
  });

  test('read back as they were, but for the apostrophe', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 3 })), (rows) => {
        const read = parse(toCsv(['h1', 'h2'], rows)).slice(1);
        const kept = rows.map((row) => row.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)));
        expect(read).toEqual(kept);
      }),
    );
  });
});

/** A small reader of RFC 4180, written apart from the writer. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        if (text[at] === '"') at += 1;
        cell += text[at];
      }
      at += 1;
    } else {
      while (text[at] !== ',' && !text.startsWith('\r\n', at)) {
        cell += text[at];
        at += 1;
      }
    }
    row.push(cell);
    if (text[at] === ',') at += 1;
    else {
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
