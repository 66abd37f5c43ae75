/** When a running task should raise an alarm. */
export interface AlarmThresholds {
  /** Percentage of failed among finished devices above which a task is `failing`. */
  readonly failingPercent: number;
  /** Finished devices needed before that percentage counts: one failure out of two says nothing yet. */
  readonly failingMinDevices: number;
  /** `stalled` after this many milliseconds without any counter moving. */
  readonly stalledAfter: number;
}
