import type { Instant } from '../../lib/instant.ts';

/** Somebody said that they look after a task's trouble. */
export interface Acknowledgement {
  /** Slack's id of the person. */
  readonly by: string;
  readonly at: Instant;
}
