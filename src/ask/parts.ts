import type { Kysely } from 'kysely';
import type { AlarmThresholds } from '../core/change/alarms/thresholds.ts';
import type { Instant } from '../lib/instant.ts';
import type { Platform } from '../platform/port.ts';
import type { Schema } from '../store/engine/schema.ts';

/** What answering needs. */
export interface AskParts {
  readonly platform: Platform;
  readonly db: Kysely<Schema>;
  readonly now: () => Instant;
  /** Who asks: nobody may use up the platform calls of all. Null: nobody in particular. */
  readonly person: string | null;
}

/** What seeing to subscriptions needs beside that. */
export interface SubscriptionParts extends Pick<AskParts, 'db' | 'now'> {
  /** Those of the settings. */
  readonly thresholds: AlarmThresholds;
  readonly newId: () => string;
  /** Lets requests of others be acknowledged in the midst of a long reckoning. */
  readonly turn: () => Promise<void>;
}
