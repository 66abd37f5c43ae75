import type { Instant } from '../../lib/instant.ts';
import { type ChangeKind, TOLD_KINDS } from '../change/changes.ts';
import type { Tally } from '../task/task.ts';

/** What a digest counts; that a stall is over says nothing of a day. */
export const DIGEST_KINDS = TOLD_KINDS.filter((kind) => kind !== 'resumed');

/** What a channel's subscriptions let through, over one day. */
export interface Digest {
  readonly from: Instant;
  readonly to: Instant;
  /** How many tasks went through each kind of change in that time; kinds that did not occur are missing. */
  readonly changes: Readonly<Partial<Record<ChangeKind, number>>>;
  /** Running and waiting at its end. */
  readonly running: number;
  readonly waiting: number;
  /** Tasks that want a look: failed in that time, failing, stalled or overdue; worst first, at most `LONGEST`. */
  readonly attention: readonly DigestTask[];
  /** How many want a look in all. */
  readonly attentionTotal: number;
}

export interface DigestTask {
  readonly operationId: string;
  readonly why: 'failed' | 'failing' | 'stalled' | 'overdue';
  readonly tally: Tally;
}
