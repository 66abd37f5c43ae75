import type { Instant } from '../../lib/instant.ts';
import type { Hold } from './decide-notifications.ts';
import type { NoticeContent } from './notification-content.ts';

/** A message of ours that will be edited as its tasks move: of one task, a summary of many, or a note that changes. */
export interface PlannedMessage {
  readonly id: string;
  readonly channel: string;
  readonly kind: 'task' | 'summary' | 'blind';
  readonly operationIds: readonly string[];
}

/** A notice that was not sent yet. */
export interface PlannedNotice {
  readonly id: string;
  readonly channel: string;
  readonly place: 'root' | 'reply' | 'note';
  readonly operationId: string | null;
  /** The message it creates or replies under; null for a note. */
  readonly messageId: string | null;
  readonly broadcast: boolean;
  readonly happenedAt: Instant;
  readonly noticedAt: Instant;
  readonly content: NoticeContent;
  /** Null: it is due at once. */
  readonly hold: Hold | null;
}
