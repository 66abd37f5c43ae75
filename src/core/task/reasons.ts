import type { DeviceResult } from './task.ts';

/** Devices that failed for the same reason. */
export interface ReasonGroup {
  /** `text`: the platform's own words; `none`: it gave no reason; `other`: several rarer reasons combined. */
  readonly kind: 'text' | 'none' | 'other';
  /** The platform's words for `text`; empty otherwise. */
  readonly reason: string;
  readonly devices: number;
  /** Share of all grouped devices, 0 to 1. */
  readonly share: number;
  /** Number of different reasons in the group: 1, except for `other`. */
  readonly reasons: number;
}

/**
 * How known reason texts of the platform begin (iot_faq_01001). What follows, such as a service name, varies by
 * device and not by reason.
 */
const KNOWN = [
  'Device Abnormal is not online',
  'Task Conflict',
  'The task failed to start, unable to find protocol service',
  'Waiting for device downloaded package timeout',
] as const;

/**
 * Groups failed devices by reason, most frequent first. Texts that differ only in case or white space are one
 * reason, shown as first met. Returns at most `most` groups: the rarest reasons are combined into a final `other`.
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
    // Equal counts are sorted by text, so that the same devices always give the same list.
    .sort((one, other) => other.devices - one.devices || compare(one.reason, other.reason));
  return all.length <= most ? all : [...all.slice(0, most - 1), together(all.slice(most - 1))];
}

/** Combines several groups into one. */
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

/** The reason as shown: white space collapsed, and anything after a known beginning dropped. */
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
