import type { Kysely } from 'kysely';
import type { Platform } from '../core/platform.ts';
import type { Instant } from '../core/task.ts';
import type { Schema } from '../store/schema.ts';

/** What answering needs. People never wait longer for the platform than `patience` when the mirror can answer. */
export interface AskParts {
  readonly platform: Platform;
  readonly db: Kysely<Schema>;
  readonly now: () => Instant;
}
