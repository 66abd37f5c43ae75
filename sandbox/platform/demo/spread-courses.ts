import type { DeviceCourse } from '../fleet/task-plan.ts';

export interface Spread {
  /** Either the devices by id, or how many. */
  readonly devices: readonly string[] | number;
  /** Shares of all devices, 0 to 1; the rest succeeds. */
  readonly failShare?: number;
  readonly timeoutShare?: number;
  /** Given in turn to the devices that fail. */
  readonly reasons?: readonly string[];
  readonly timeoutReason?: string;
  /** When the first and the last device end, in milliseconds after the start. */
  readonly firstEndsAfter: number;
  readonly lastEndsAfter: number;
  /** How long one device takes. Default ten minutes. */
  readonly each?: number;
  /** How failed devices end in the retries. */
  readonly retryOutcomes?: DeviceCourse['retryOutcomes'];
}

/** Courses for many devices that end one after the other, the failures spread evenly among them. */
export function spreadCourses(spread: Spread): DeviceCourse[] {
  const ids = typeof spread.devices === 'number' ? null : spread.devices;
  const count = typeof spread.devices === 'number' ? spread.devices : spread.devices.length;
  const step = count > 1 ? (spread.lastEndsAfter - spread.firstEndsAfter) / (count - 1) : 0;
  const reasons = spread.reasons ?? [];
  let failures = 0;
  return Array.from({ length: count }, (_, place) => {
    const endsAfter = Math.round(spread.firstEndsAfter + step * place);
    const fails = falls(place, spread.failShare ?? 0);
    const timesOut = !fails && falls(place, spread.timeoutShare ?? 0);
    const reason = fails ? reasons[failures++ % Math.max(1, reasons.length)] : spread.timeoutReason;
    const id = ids?.[place];
    return {
      ...(id === undefined ? {} : { deviceId: id }),
      outcome: fails ? 'fail' : timesOut ? 'timeout' : 'success',
      ...(spread.retryOutcomes === undefined ? {} : { retryOutcomes: spread.retryOutcomes }),
      ...((fails || timesOut) && reason !== undefined ? { reason } : {}),
      startsAfter: Math.max(0, endsAfter - (spread.each ?? 600_000)),
      endsAfter,
    };
  });
}

/** Whether the share, handed out evenly, falls on this place. */
function falls(place: number, share: number): boolean {
  return Math.floor((place + 1) * share + 1e-9) > Math.floor(place * share + 1e-9);
}
