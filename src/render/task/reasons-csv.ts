import type { DeviceResult } from '../../core/task/task.ts';
import type { Instant } from '../../lib/instant.ts';

/** Failed devices as CSV for spreadsheets, times in UTC. */
export function reasonsCsv(results: readonly DeviceResult[]): string {
  return toCsv(
    ['device id', 'status', 'reason', 'started', 'ended'],
    results.map(({ deviceId, statusWord, detailInfo, startTime, stopTime }) => [
      deviceId,
      statusWord ?? 'unknown',
      detailInfo,
      time(startTime),
      time(stopTime),
    ]),
  );
}

function time(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString().replace('.000Z', 'Z');
}

/** Null is an empty cell. */
type CsvCell = string | number | null;

/**
 * Rows as CSV (RFC 4180): CRLF after every line, quotes where needed. Text that a spreadsheet would run as a
 * formula gets a leading apostrophe, since some of it comes from devices.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  // Some spreadsheets drop a leading tab or carriage return and then see the formula behind it.
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
