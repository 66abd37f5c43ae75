import type { Generated, Insertable, Selectable } from 'kysely';

/** One of our messages that is edited as its tasks move. */
export interface MessageTable {
  id: string;
  channel: string;
  kind: 'task' | 'summary' | 'blind';
  /** Slack's timestamp of the message, which identifies it; null until it is known to be posted. */
  ts: string | null;
  /** Fingerprint of what it shows, so that an unchanged rendering is not sent. */
  shown: string | null;
  /** Counts the moves of its tasks. An edit is due while `shown_version` is behind, even after a crash. */
  wanted_version: number;
  shown_version: number;
  edited_at: number | null;
}

/**
 * `held`: by quiet hours or a mute; `suspended`: channel closed to us. Settled: `sent`; `merged`: another
 * notification covers it; `refused`: Slack accepts it in no form; `expired`: channel closed too long;
 * `withdrawn`: channel unsubscribed first, or muted the task until its end.
 */
export type NotificationState =
  | 'pending'
  | 'sending'
  | 'sent'
  | 'held'
  | 'suspended'
  | 'merged'
  | 'refused'
  | 'expired'
  | 'withdrawn';

/** The message about a task in a channel: the root of the task's thread there. */
export interface ThreadTable {
  channel: string;
  operation_id: string;
  message_id: string;
}

/** The outbox: notifications in order, and what became of them. */
export interface NotificationTable {
  seq: Generated<number>;
  /** Sent in the message's metadata, so that we can ask Slack whether it arrived. */
  id: string;
  channel: string;
  place: 'root' | 'reply' | 'note';
  kind: string;
  operation_id: string | null;
  /** The root it creates or replies under; null for a note. */
  message_id: string | null;
  broadcast: 0 | 1;
  /** The data that the text is rendered from, as JSON. */
  content: string;
  happened_at: number;
  noticed_at: number;
  state: NotificationState;
  /** Why it is or was held back: the text mentions it. */
  held: 'quiet' | 'muted' | 'suspended' | null;
  attempts: number;
  /** By Slack's clock as far as known, since messages are searched for in Slack by that time. */
  attempted_at: number | null;
  /** Not sent before this time. */
  due_at: number;
  /** When it started waiting for `due_at`; null if it is not waiting. */
  waits_since: number | null;
  /** 1 if it may already be in the channel: a response was lost and the outcome could not be verified. */
  doubtful: 0 | 1;
  sent_at: number | null;
  ts: string | null;
}

/** Whether a channel was notified of a change, and why. */
export interface DecisionTable {
  channel: string;
  operation_id: string;
  kind: string;
  at: number;
  noticed_at: number;
  reason: string;
  /** The notification that reports it; null if none does. */
  notification_id: string | null;
  /** Increases in order of writing. */
  rowid: Generated<number>;
}

export type NotificationRow = Selectable<NotificationTable>;
export type NewNotification = Insertable<NotificationTable>;
export type MessageRow = Selectable<MessageTable>;
