import type { Instant } from '../../lib/instant.ts';
import type { ChangeKind } from '../change/changes.ts';
import type { Trouble } from '../question/answer.ts';
import type { Mention } from '../subscription/subscription.ts';
import type { Tally, TaskStatus } from '../task/task.ts';
import type { Digest } from './digest.ts';

/** Why many tasks are told in one message. */
export type SummaryCause =
  /** More at once than a channel can be told one by one. */
  | 'storm'
  /** The bot was not watching for a while. */
  | 'away'
  /** The channel's quiet hours are over. */
  | 'quiet'
  /** The channel was closed to the bot and is open again. */
  | 'suspended';

/** What a notification says, as kept in the outbox: everything its text is made of but the task's present state. */
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
      /** When status or counters had moved last, by the bot's clock: what a stall is, or was, measured from. */
      readonly movedAt: Instant;
      readonly mentions: readonly Mention[];
      /** Changes before this one that were held back with it, oldest first. */
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
  /** The first look at an empty store. */
  | { readonly kind: 'baseline'; readonly tasks: number; readonly running: number; readonly waiting: number }
  /** The platform cannot be read; edited when it can be read again. */
  | {
      readonly kind: 'blind';
      readonly since: Instant;
      /** Null: it cannot be read yet. */
      readonly until: Instant | null;
      readonly trouble: Trouble;
    }
  /** The day of a channel in one message. */
  | { readonly kind: 'digest'; readonly digest: Digest }
  /** What people changed in the channel, as it is to be read there: Slack took no more messages when they did. */
  | { readonly kind: 'announcement'; readonly text: string; readonly blocks: readonly unknown[] };

export interface SummaryEntry {
  readonly operationId: string;
  /** The latest of its changes. */
  readonly change: ChangeKind;
  readonly at: Instant;
  /** What it went through before, oldest first. */
  readonly earlier: readonly ChangeKind[];
}
