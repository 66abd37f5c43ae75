import type { DeviceResult } from './task.ts';

/** Devices that failed for one reason. */
export interface ReasonGroup {
  /** `text`: what the platform said; `none`: it said nothing; `other`: several rarer reasons together. */
  readonly kind: 'text' | 'none' | 'other';
  /** The platform's words for `text`; empty otherwise. */
  readonly reason: string;
  readonly devices: number;
  /** Share of all devices that were grouped, 0 to 1. */
  readonly share: number;
  /** How many different reasons it stands for: 1, but for `other`. */
  readonly reasons: number;
}

/**
 * How texts begin that the platform is known to send (iot_faq_01001). What follows them, such as
 * the name of a service, tells devices apart and not reasons.
 */
const KNOWN = [
  'Device Abnormal is not online',
  'Task Conflict',
  'The task failed to start, unable to find protocol service',
  'Waiting for device downloaded package timeout',
] as const;

/**
 * Groups failed devices by reason, most frequent first. Texts that differ in case or white space only are one reason,
 * shown as first met. At most `most` groups come back: the rarest reasons are put together as `other`, at the end.
 */
export function groupReasons(results: readonly DeviceResult[], most: number): readonly ReasonGroup[] {
  const found = new Map<string, { readonly reason: string; devices: number }>();
  for (const { detailInfo } of results) {
    const reason = normalReason(detailInfo ?? '');
    const key = reason.toLowerCase();
    const group = found.get(key);
    if (group) group.devices += 1;
    else found.set(key, { reason, devices: 1 });
  }
  const all = [...found.values()]
    .map(({ reason, devices }) => ({
      kind: reason === '' ? ('none' as const) : ('text' as const),
      reason,
      devices,
      share: devices / results.length,
      reasons: 1,
    }))
    // Equal counts are ordered by their words, so that the same devices always give the same list.
    .sort((one, other) => other.devices - one.devices || compare(one.reason, other.reason));
  return all.length <= most ? all : [...all.slice(0, most - 1), together(all.slice(most - 1))];
}

/** Several groups as one. */
export function together(groups: readonly ReasonGroup[]): ReasonGroup {
  const sum = (of: (group: ReasonGroup) => number) => groups.reduce((total, group) => total + of(group), 0);
  return {
    kind: 'other',
    reason: '',
    devices: sum(({ devices }) => devices),
    share: sum(({ share }) => share),
    reasons: sum(({ reasons }) => reasons),
  };
}

/** The reason as it is shown: white space made single, and what follows a known beginning left out. */
export function normalReason(detailInfo: string): string {
  const text = detailInfo.trim().replaceAll(/\s+/g, ' ');
  const lower = text.toLowerCase();
  const known = KNOWN.find((one) => {
    const next = lower.charAt(one.length);
    return lower.startsWith(one.toLowerCase()) && !/[\p{L}\p{N}]/u.test(next);
  });
  return known ?? text;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
