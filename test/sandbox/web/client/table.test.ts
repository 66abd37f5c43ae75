import { describe, expect, test } from '@jest/globals';
import { nextOrder, ordered, readTable } from '../../../../sandbox/web/client/shown/table.ts';

const raw = (text: string) => ({ type: 'raw_text', text });
const number = (value: number) => ({ type: 'raw_number', value, text: `${value} devices` });
const table = readTable({
  type: 'data_table',
  caption: 'By reason',
  rows: [
    [raw('Reason'), raw('Devices')],
    [raw('timeout 10'), number(9)],
    [raw('timeout 9'), number(10)],
    [raw('offline'), number(9)],
  ],
});
const firsts = (rows: typeof table.rows) => rows.map((row) => row[0]?.text);

describe('a data_table', () => {
  test('is read with its head, caption and page size', () => {
    expect(table).toMatchObject({
      caption: 'By reason',
      head: ['Reason', 'Devices'],
      pageSize: 5,
      rowHeader: 0,
    });
    expect(table.rows[0]).toEqual([
      { text: 'timeout 10', number: null },
      { text: '9 devices', number: 9 },
    ]);
  });

  test('is ordered by number or by words, equal rows as they were', () => {
    expect(firsts(ordered(table.rows, { column: 1, descending: false }))).toEqual([
      'timeout 10',
      'offline',
      'timeout 9',
    ]);
    expect(firsts(ordered(table.rows, { column: 0, descending: true }))).toEqual([
      'timeout 10',
      'timeout 9',
      'offline',
    ]);
    expect(ordered(table.rows, null)).toBe(table.rows);
  });

  test('a column is pressed up, down, and back to how it was sent', () => {
    const up = nextOrder(null, 1);
    expect(up).toEqual({ column: 1, descending: false });
    const down = nextOrder(up, 1);
    expect(down).toEqual({ column: 1, descending: true });
    expect(nextOrder(down, 1)).toBeNull();
    expect(nextOrder(down, 0)).toEqual({ column: 0, descending: false });
  });
});
