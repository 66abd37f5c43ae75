import type { Generated, Insertable, Selectable } from 'kysely';

/** A message of ours that is edited as its tasks move. */
export interface MessageTable {
  id: string;
  channel: string;
  kind: 'task' | 'summary' | 'blind';
  /** Slack's name of the message; null until it is known to be there. */
  ts: string | null;
  /** Fingerprint of what it shows, so that an unchanged rendering is not sent. */
  shown: string | null;
  /** Counts how often its tasks moved; an edit is due while `shown_version` is behind, whatever crashed in between. */
  wanted_version: number;
  shown_version: number;
  edited_at: number | null;
}

/**
 * `held`: by quiet hours or a mute; `suspended`: its channel is closed to us. Settled are `sent`; `merged`: another notification
 * tells it; `refused`: Slack takes it in no form; `expired`: its channel stayed closed too long; `withdrawn`: the channel
 * unsubscribed before it was told, or muted the task until its end.
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

/** Which message speaks of a task in a channel; it is the root of the task's thread there. */
export interface ThreadTable {
  channel: string;
  operation_id: string;
  message_id: string;
}

/** The outbox: what is to be told, in order, and what became of it. */
export interface NotificationTable {
  seq: Generated<number>;
  /** Travels in the message's metadata, so that Slack can be asked whether it arrived. */
  id: string;
  channel: string;
  place: 'root' | 'reply' | 'note';
  kind: string;
  operation_id: string | null;
  /** The root it creates or replies under; null for a note. */
  message_id: string | null;
  broadcast: 0 | 1;
  /** What the text is made of, as JSON. */
  content: string;
  happened_at: number;
  noticed_at: number;
  state: NotificationState;
  /** Why it was held back, while it is and after: its text says so. */
  held: 'quiet' | 'muted' | 'suspended' | null;
  attempts: number;
  /** By Slack's clock as far as known, since messages in Slack are looked for by it. */
  attempted_at: number | null;
  /** Not before this moment. */
  due_at: number;
  /** Since when it waits for that; null: it does not. */
  waits_since: number | null;
  /** 1 once it may be in the channel already, because an answer was lost and could not be looked up. */
  doubtful: 0 | 1;
  sent_at: number | null;
  ts: string | null;
}

/** What a channel was or was not told of a change, and why. */
export interface DecisionTable {
  channel: string;
  operation_id: string;
  kind: string;
  at: number;
  noticed_at: number;
  reason: string;
  /** The notification that tells it; null: none does. */
  notification_id: string | null;
  /** Rises in the order of writing. */
  rowid: Generated<number>;
}

export type NotificationRow = Selectable<NotificationTable>;
export type NewNotification = Insertable<NotificationTable>;
export type MessageRow = Selectable<MessageTable>;
