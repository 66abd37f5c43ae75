import type { WebClient } from '@slack/web-api';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Instant } from '../lib/instant.ts';
import type { Schedule } from '../lib/timekeeper.ts';
import type { LeaseKeeper } from '../store/engine/lease-keeper.ts';
import type { NotificationRow } from '../store/engine/outbox-schema.ts';
import type { Schema } from '../store/engine/schema.ts';
import type { Intent, Receipt } from '../store/notification/sendings.ts';
import type { Found, Wanted } from './find-sent.ts';
import type { NotificationReader } from './notification-reader.ts';

/** Milliseconds. Slack accepts about one post per second and channel; the rest is a margin for its clock. */
export const POST_GAP = 1_100;

/** Outcome of one step in the delivery of a notification. */
export type NotificationOutcome =
  | 'sent'
  | 'sent-as-text'
  /** The answer was lost, but the message is in the channel's history. */
  | 'found'
  /** The answer was lost, and nobody can tell: it is posted again, marked as possibly repeated. */
  | 'undecided'
  | 'put-off'
  | 'kept-back';

export interface NotificationEvent {
  readonly kind: string;
  readonly outcome: NotificationOutcome;
  /** Time since the bot noticed the change. */
  readonly milliseconds: number;
}

export interface DeliveryParts {
  readonly db: Kysely<Schema>;
  /** Decides which process delivers to which channel. */
  readonly leases: LeaseKeeper;
  readonly schedule: Schedule;
  /**
   * Slack client for a channel's workspace, used only for delivery so that its rate limits delay no answer. It does
   * not retry: repeating a post is decided here. Rejects with a WorkspaceError if there is none, or none now.
   */
  readonly clientFor: (channel: string) => Promise<WebClient>;
  readonly now: () => Instant;
  /** Our estimate of Slack's clock, used to find messages in its history. */
  readonly slackNow: () => Instant;
  readonly newId: () => string;
  /** Milliseconds of a monotonic clock. */
  readonly monotonic: () => number;
  /**
   * The same in real time, even if the other clocks are simulated: time the database takes also passes for other
   * processes.
   */
  readonly realTime: () => number;
  /** Waits; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly log: Logger;
  readonly onNotification: (event: NotificationEvent) => void;
  /** Milliseconds between two posts in a channel; `POST_GAP` unless Slack's limit is off so that ours can be measured. */
  readonly postGap?: number;
}

/** Lanes share their work: concurrent reads share statements, and concurrent records share a transaction. */
export interface LaneParts extends DeliveryParts {
  readonly read: NotificationReader;
  /** Resolves once the step is on disk, with whether it holds (see `recordSendings`). */
  readonly record: (step: Intent | Receipt) => Promise<boolean>;
  /** One search of the history for a notification (see `createSearch`). */
  readonly find: (wanted: Wanted) => Promise<Found>;
}

export function report(
  { now, onNotification }: DeliveryParts,
  notification: NotificationRow,
  outcome: NotificationOutcome,
): void {
  onNotification({
    kind: notification.kind,
    outcome,
    milliseconds: Math.max(0, now() - notification.noticed_at),
  });
}
