import type { Json, JsonObject } from '../json.ts';
import { asObject, asObjects, asString, isObject } from '../json.ts';
import type { Check } from './context.ts';
import { checkList, checkString, codePoints, report } from './context.ts';

/** `table`: at most 100 rows of at most 20 cells. */
export function checkTable(check: Check, pointer: string, block: JsonObject): void {
  for (const [place, row] of rowsOf(check, `${pointer}/rows`, block.rows, { min: 1, max: 100 })) {
    if (row.length > 20) report(check, place, `must hold at most 20 cells, has ${row.length}`);
    checkCells(check, place, row, ['raw_text', 'raw_number', 'rich_text']);
  }
  if (block.column_settings !== undefined) {
    checkNullableList(check, `${pointer}/column_settings`, block.column_settings, 20);
  }
}

/** `data_table`: a caption, a header and 1 to 100 rows of one length, at most 10,000 characters (the cautious value). */
export function checkDataTable(check: Check, pointer: string, block: JsonObject): void {
  checkString(check, `${pointer}/caption`, block.caption, { max: 3000, required: true });
  const rows = rowsOf(check, `${pointer}/rows`, block.rows, { min: 2, max: 101 });
  const width = rows[0]?.[1].length ?? 0;
  if (width > 20) report(check, `${pointer}/rows/0`, `must hold at most 20 cells, has ${width}`);
  for (const [index, [place, row]] of rows.entries()) {
    if (row.length !== width)
      report(check, place, `must hold ${width} cells as the header does, has ${row.length}`);
    checkCells(
      check,
      place,
      row,
      index === 0 ? ['raw_text', 'raw_number'] : ['raw_text', 'raw_number', 'rich_text'],
    );
  }
  const size = rows.reduce(
    (sum, [, row]) => sum + row.reduce<number>((all, cell) => all + charactersOf(cell), 0),
    0,
  );
  if (size > 10_000) report(check, pointer, `must hold at most 10000 characters in all, has ${size}`);
  const page = block.page_size;
  if (page !== undefined && !(typeof page === 'number' && page >= 1 && page <= 100)) {
    report(check, `${pointer}/page_size`, 'must be 1 to 100');
  }
}

/** `data_visualization`: a short title and a pie of 1-6 segments, or 1-6 series over at most 20 categories. */
export function checkChart(check: Check, pointer: string, block: JsonObject): void {
  checkString(check, `${pointer}/title`, block.title, { max: 50, required: true });
  if (!isObject(block.chart)) {
    report(check, `${pointer}/chart`, 'is missing');
    return;
  }
  const chart = block.chart;
  const place = `${pointer}/chart`;
  if (chart.type === 'pie') {
    for (const [at, segment] of checkList(check, `${place}/segments`, chart.segments, { min: 1, max: 6 })) {
      checkString(check, `${at}/label`, segment.label, { max: 20, required: true });
      if (!(Number(segment.value) > 0)) report(check, `${at}/value`, 'must be more than 0');
    }
    return;
  }
  if (!['line', 'bar', 'area'].includes(String(chart.type))) {
    report(check, `${place}/type`, 'unknown chart type');
    return;
  }
  const categories = asObject(chart.axis_config).categories;
  const count = Array.isArray(categories) ? categories.length : 0;
  if (count < 1 || count > 20)
    report(check, `${place}/axis_config/categories`, `must hold 1 to 20 items, has ${count}`);
  for (const [at, series] of checkList(check, `${place}/series`, chart.series, { min: 1, max: 6 })) {
    checkString(check, `${at}/name`, series.name, { max: 20, required: true });
    checkList(check, `${at}/data`, series.data, { min: count, max: count });
  }
}

function rowsOf(check: Check, pointer: string, value: Json | undefined, size: { min: number; max: number }) {
  if (!Array.isArray(value)) {
    report(check, pointer, 'must be a list of rows');
    return [];
  }
  if (value.length < size.min || value.length > size.max) {
    report(check, pointer, `must hold ${size.min} to ${size.max} rows, has ${value.length}`);
  }
  return value.flatMap((row: Json, index): (readonly [string, readonly Json[]])[] => {
    if (Array.isArray(row)) return [[`${pointer}/${index}`, row]];
    report(check, `${pointer}/${index}`, 'must be a list of cells');
    return [];
  });
}

function checkCells(check: Check, pointer: string, row: readonly Json[], types: readonly string[]): void {
  for (const [index, cell] of row.entries()) {
    const type = isObject(cell) ? String(cell.type) : typeof cell;
    if (!types.includes(type))
      report(check, `${pointer}/${index}`, `a cell of type ${type} is not allowed here`);
    else if (isObject(cell) && type === 'raw_text') {
      // An empty cell is refused by Slack; an empty column is shown with a dash or a space.
      checkString(check, `${pointer}/${index}/text`, cell.text, { max: 3000, required: true });
    } else if (isObject(cell) && type === 'raw_number' && typeof cell.value !== 'number') {
      report(check, `${pointer}/${index}/value`, 'must be a number');
    }
  }
}

function checkNullableList(check: Check, pointer: string, value: Json, max: number): void {
  if (!Array.isArray(value) || value.length > max)
    report(check, pointer, `must be a list of at most ${max} items`);
}

function charactersOf(cell: Json): number {
  if (!isObject(cell)) return 0;
  const own = typeof cell.text === 'string' ? codePoints(cell.text) : codePoints(String(cell.value ?? ''));
  return asObjects(cell.elements).reduce(
    (sum, one) => sum + charactersOf(one),
    asString(cell.type) === 'rich_text' ? 0 : own,
  );
}
