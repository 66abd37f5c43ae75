/** What a cell holds. Null is an empty cell. */
export type CsvCell = string | number | null;

/**
 * Rows as comma-separated values (RFC 4180): CRLF after every line, cells quoted where they must be. Text that a
 * spreadsheet would run as a formula gets an apostrophe in front, since some of it comes from devices.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  // A tab or carriage return in front is dropped by some spreadsheets, which then see the formula behind it.
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
