/** When a running task is worth waking somebody for. */
export interface AlarmThresholds {
  /** `failing` above this share of failed among finished devices, in percent … */
  readonly failingPercent: number;
  /** … once this many devices have finished: one failure among the first two says nothing yet. */
  readonly failingMinDevices: number;
  /** `stalled` after this many milliseconds without any counter moving. */
  readonly stalledAfter: number;
}
