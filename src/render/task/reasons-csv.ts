import type { DeviceResult } from '../../core/task/task.ts';
import type { Instant } from '../../lib/instant.ts';

/** Failed devices as a file for spreadsheets, times in UTC. */
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
