import type { Kysely } from 'kysely';
import type { AlarmThresholds } from '../core/change/alarms/thresholds.ts';
import type { Instant } from '../lib/instant.ts';
import type { Platform } from '../platform/port.ts';
import type { Schema } from '../store/engine/schema.ts';

/** The dependencies of every question. */
export interface AskParts {
  readonly platform: Platform;
  readonly db: Kysely<Schema>;
  readonly now: () => Instant;
  /** The asker: one person must not use up everybody's platform calls. Null: nobody in particular. */
  readonly person: string | null;
}

/** The dependencies of subscribing and previews. */
export interface SubscriptionParts extends Pick<AskParts, 'db' | 'now'> {
  /** The thresholds from the settings. */
  readonly thresholds: AlarmThresholds;
  readonly newId: () => string;
  /** Lets other requests be acknowledged in the middle of a long computation. */
  readonly turn: () => Promise<void>;
}
