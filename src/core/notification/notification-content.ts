import type { Instant } from '../../lib/instant.ts';
import type { ChangeKind } from '../change/changes.ts';
import type { Trouble } from '../question/answer.ts';
import type { Mention } from '../subscription/subscription.ts';
import type { Tally, TaskStatus } from '../task/task.ts';
import type { Digest } from './digest.ts';

/** Why many tasks share one message. */
export type SummaryCause =
  /** Too many at once to post one by one. */
  | 'storm'
  /** The bot was not watching for a while. */
  | 'away'
  /** The channel's quiet hours are over. */
  | 'quiet'
  /** The channel was closed to the bot and is open again. */
  | 'suspended';

/** A notification's content as kept in the outbox: everything its text needs except the task's current state. */
export type NotificationContent =
  /** One change of one task: its root message, or a reply in its thread. */
  | {
      readonly kind: 'change';
      readonly change: ChangeKind;
      readonly at: Instant;
      readonly noticedAt: Instant;
      readonly status: TaskStatus;
      readonly statusWord: string | null;
      readonly tally: Tally;
      readonly startTime: Instant | null;
      readonly stopTime: Instant | null;
      /** When status or counters last moved, by the bot's clock: the start of the stall, current or past. */
      readonly movedAt: Instant;
      readonly mentions: readonly Mention[];
      /** Earlier changes that were held back with this one, oldest first. */
      readonly earlier: readonly ChangeKind[];
    }
  /** Many tasks in one message. */
  | {
      readonly kind: 'summary';
      readonly cause: SummaryCause;
      readonly noticedAt: Instant;
      readonly entries: readonly SummaryEntry[];
      readonly mentions: readonly Mention[];
    }
  /** A part of the summary's thread, naming some of its tasks. */
  | {
      readonly kind: 'summary-part';
      readonly noticedAt: Instant;
      readonly entries: readonly SummaryEntry[];
    }
  /** The first poll with an empty store. */
  | { readonly kind: 'baseline'; readonly tasks: number; readonly running: number; readonly waiting: number }
  /** The platform is unreadable; edited once it is readable again. */
  | {
      readonly kind: 'blind';
      readonly since: Instant;
      /** Null: still unreadable. */
      readonly until: Instant | null;
      readonly trouble: Trouble;
    }
  /** A channel's day in one message. */
  | { readonly kind: 'digest'; readonly digest: Digest }
  /** A change people made in the channel, ready to post: Slack was not accepting messages at the time. */
  | { readonly kind: 'announcement'; readonly text: string; readonly blocks: readonly unknown[] };

export interface SummaryEntry {
  readonly operationId: string;
  /** The latest of its changes. */
  readonly change: ChangeKind;
  readonly at: Instant;
  /** Its changes before that, oldest first. */
  readonly earlier: readonly ChangeKind[];
}
