import type { Json, JsonObject } from '../../../workspace/json.ts';
import { asObject, asObjects, asString } from '../../../workspace/json.ts';

/** A cell of a table: what is read, and what it is ordered by. */
export interface Cell {
  readonly text: string;
  /** Null where the cell is words. */
  readonly number: number | null;
}

export interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly pageSize: number;
  /** The column whose cells name their rows. */
  readonly rowHeader: number;
}

export interface Order {
  readonly column: number;
  readonly descending: boolean;
}

/** Slack's own page size of a `data_table` that names none. */
const PAGE_SIZE = 5;

/** A `data_table` block as a table. */
export function readTable(block: JsonObject): Table {
  const lines = Array.isArray(block.rows) ? block.rows : [];
  const rows = lines.map((line: Json) => (Array.isArray(line) ? line.map(readCell) : []));
  const size = block.page_size;
  const header = block.row_header_column_index;
  return {
    caption: asString(block.caption) || asString(asObject(block.caption).text),
    head: (rows[0] ?? []).map(({ text }) => text),
    rows: rows.slice(1),
    pageSize: typeof size === 'number' && size > 0 ? size : PAGE_SIZE,
    rowHeader: typeof header === 'number' ? header : 0,
  };
}

/** The rows in an order: as numbers where all cells of the column are, else as words. Equal rows keep their places. */
export function ordered(rows: Table['rows'], order: Order | null): Table['rows'] {
  if (order === null) return rows;
  const { column, descending } = order;
  const numeric = rows.every((row) => row[column]?.number !== null);
  const compare = (one: Cell | undefined, other: Cell | undefined) =>
    numeric
      ? (one?.number ?? 0) - (other?.number ?? 0)
      : (one?.text ?? '').localeCompare(other?.text ?? '', 'en', { numeric: true });
  return rows.toSorted((one, other) => compare(one[column], other[column]) * (descending ? -1 : 1));
}

/** The order after the head of a column was pressed: ascending, descending, as sent. */
export function nextOrder(order: Order | null, column: number): Order | null {
  if (order?.column !== column) return { column, descending: false };
  return order.descending ? null : { column, descending: true };
}

function readCell(value: Json): Cell {
  const cell = asObject(value);
  const number = cell.type === 'raw_number' && typeof cell.value === 'number' ? cell.value : null;
  const text = asString(cell.text) || (number === null ? richWords(cell) : String(number));
  return { text, number };
}

/** The words of a rich text cell, without their formatting. */
function richWords(cell: JsonObject): string {
  const own = asString(cell.text);
  return own !== '' ? own : asObjects(cell.elements).map(richWords).join('');
}
