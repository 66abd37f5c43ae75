import { groupReasons, type ReasonGroup } from '../../core/task/reasons.ts';
import type { DeviceResult } from '../../core/task/task.ts';
import { code, count, counted, cut, plain } from '../blocks/text.ts';

/** Reasons named in a notification; rarer ones are grouped. */
const MOST_REASONS = 3;
const MOST_DEVICES = 5;

/** The failed devices of a task that were read. */
export interface Failures {
  readonly results: readonly DeviceResult[];
  /** How many were read in all. */
  readonly total: number;
}

/**
 * Why devices failed, most frequent reason first; empty if none were read. `failed` is the platform's counter: if
 * it differs, the line says how many devices it covers.
 */
export function reasonsLine({ results }: Failures, failed: number | null): string {
  if (results.length === 0) return '';
  const groups = groupReasons(results, MOST_REASONS + 1).map(groupOf);
  const known = results.length === failed ? '' : `, of ${counted(results.length, 'device')} read`;
  return `Reasons${known}: ${groups.join(' · ')}`;
}

/**
 * The first failed devices; empty if none were read. If more were read than the counter says, some have been
 * retried since. We do not know which are still failed, so we name none.
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
