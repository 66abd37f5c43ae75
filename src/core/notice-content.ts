import type { ChangeKind } from './changes.ts';
import type { Instant, Tally } from './task.ts';

/** What a notice says, as kept in the outbox: everything its text is made of but the task's present state. */
export type NoticeContent =
  /** One change of one task: its root message, or a reply in its thread. */
  | {
      readonly kind: 'change';
      readonly change: ChangeKind;
      readonly at: Instant;
      readonly noticedAt: Instant;
      readonly status: string;
      readonly tally: Tally;
      readonly startTime: Instant | null;
      readonly stopTime: Instant | null;
    }
  /** Many tasks in one message, after a storm or while the bot was away. */
  | {
      readonly kind: 'summary';
      readonly away: boolean;
      readonly noticedAt: Instant;
      readonly entries: readonly SummaryEntry[];
    }
  /** A part of the summary's thread, naming some of its tasks. */
  | {
      readonly kind: 'summary-part';
      readonly noticedAt: Instant;
      readonly entries: readonly SummaryEntry[];
    }
  /** The first look at an empty store. */
  | { readonly kind: 'baseline'; readonly tasks: number; readonly running: number; readonly waiting: number };

export interface SummaryEntry {
  readonly operationId: string;
  readonly change: ChangeKind;
  readonly at: Instant;
}
