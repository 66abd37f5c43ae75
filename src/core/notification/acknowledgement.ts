import type { Instant } from '../../lib/instant.ts';

/** Someone has taken charge of a task's trouble. */
export interface Acknowledgement {
  /** Slack user id. */
  readonly by: string;
  readonly at: Instant;
}
