import { groupReasons, type ReasonGroup } from '../../core/task/reasons.ts';
import type { DeviceResult } from '../../core/task/task.ts';
import { code, count, counted, cut, plain } from '../blocks/text.ts';

/** Reasons named in a notification; rarer ones are put together. */
const MOST_REASONS = 3;
const MOST_DEVICES = 5;

/** Failed devices of one task, as far as they were read. */
export interface Failures {
  readonly results: readonly DeviceResult[];
  /** How many were read in all. */
  readonly total: number;
}

/**
 * Why devices failed, the most frequent reason first; empty when none was read. `failed` is what the counters say: where
 * the two differ, the line says of how many devices it speaks.
 */
export function reasonsLine({ results }: Failures, failed: number | null): string {
  if (results.length === 0) return '';
  const groups = groupReasons(results, MOST_REASONS + 1).map(groupOf);
  const known = results.length === failed ? '' : `, of ${counted(results.length, 'device')} read`;
  return `Reasons${known}: ${groups.join(' · ')}`;
}

/**
 * The first failed devices; empty when none was read. Where more were read than the counters say, some have been tried
 * again since: nobody knows which ones are still failed, so that none is named.
 */
export function failedDevicesLine({ results, total }: Failures, failed: number | null): string {
  if (results.length === 0 || (failed !== null && total > failed)) return '';
  const shown = results.slice(0, MOST_DEVICES).map(({ deviceId }) => code(cut(deviceId, 64)));
  const more = (failed ?? total) - shown.length;
  return `Failed devices: ${shown.join(' ')}${more > 0 ? ` and ${count(more)} more` : ''}`;
}

function groupOf({ kind, reason, reasons, devices }: ReasonGroup): string {
  if (kind === 'other') return `${count(devices)} for ${counted(reasons, 'other reason')}`;
  const shown = kind === 'none' ? 'no reason given' : plain(cut(reason, 80)).trim();
  return `${count(devices)} × ${shown === '' ? '-' : shown}`;
}
