import type { Instant } from '../../lib/instant.ts';
import type { Hold } from './decide-notifications.ts';
import type { NotificationContent } from './notification-content.ts';

/** One of our messages that is edited as its tasks move: for one task, a summary of many, or a note that changes. */
export interface PlannedMessage {
  readonly id: string;
  readonly channel: string;
  readonly kind: 'task' | 'summary' | 'blind';
  readonly operationIds: readonly string[];
}

/** A notification that has not been sent yet. */
export interface PlannedNotification {
  readonly id: string;
  readonly channel: string;
  readonly place: 'root' | 'reply' | 'note';
  readonly operationId: string | null;
  /** The message it creates or replies to; null for a note. */
  readonly messageId: string | null;
  readonly broadcast: boolean;
  readonly happenedAt: Instant;
  readonly noticedAt: Instant;
  readonly content: NotificationContent;
  /** Null: it is due at once. */
  readonly hold: Hold | null;
}
