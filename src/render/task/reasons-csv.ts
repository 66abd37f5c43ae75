import type { DeviceResult } from '../../core/task/task.ts';
import { toCsv } from '../../lib/csv.ts';
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
