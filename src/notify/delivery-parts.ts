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

/** Slack takes about one post a second and channel; a little more keeps clear of its clock. Milliseconds. */
export const POST_GAP = 1_100;

/** What became of a notification at one step of its delivery. */
export type NotificationOutcome =
  | 'sent'
  | 'sent-as-text'
  /** Its answer was lost, and the channel's history held it. */
  | 'found'
  /** Its answer was lost, and nobody can tell: it is posted once more, marked as possibly repeated. */
  | 'undecided'
  | 'put-off'
  | 'kept-back';

export interface NotificationEvent {
  readonly kind: string;
  readonly outcome: NotificationOutcome;
  /** From the bot's seeing of the change to now. */
  readonly milliseconds: number;
}

export interface DeliveryParts {
  readonly db: Kysely<Schema>;
  /** Which process delivers to which channel. */
  readonly leases: LeaseKeeper;
  readonly schedule: Schedule;
  /**
   * The client of a channel's workspace. Of its own and without retries: a repeated post is decided here, and a limit
   * here delays no answer. Rejects with a WorkspaceError where there is none, or none now.
   */
  readonly clientFor: (channel: string) => Promise<WebClient>;
  readonly now: () => Instant;
  /** Slack's clock as far as known: by it messages are found. */
  readonly slackNow: () => Instant;
  readonly newId: () => string;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  /** The same of real time, whatever the rest lives by: what the database took, others had as well. */
  readonly realTime: () => number;
  /** Waits; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly log: Logger;
  readonly onNotification: (event: NotificationEvent) => void;
  /** Milliseconds between two posts in a channel; `POST_GAP` unless Slack's limit is switched off to measure ours. */
  readonly postGap?: number;
}

/** What lanes do side by side they do together: their reads share statements, and what they record a transaction. */
export interface LaneParts extends DeliveryParts {
  readonly read: NotificationReader;
  /** Resolves once it is on the disk, with whether it holds (see `recordSendings`). */
  readonly record: (step: Intent | Receipt) => Promise<boolean>;
  /** One look into the history for a notification (see `createSearch`). */
  readonly find: (wanted: Wanted) => Promise<Found>;
}

/** Tells what became of a notification at one step. */
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
