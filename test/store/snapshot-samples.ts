import type { Kysely } from 'kysely';
import { NO_TALLY } from '../../src/core/task/tally.ts';
import type { Instant } from '../../src/lib/instant.ts';
import { inChunks } from '../../src/store/engine/chunks.ts';
import type { Schema } from '../../src/store/engine/schema.ts';
import { tallyText } from '../../src/store/task/task-rows.ts';
import { MINUTE, NOW } from './samples.ts';

/** The history of a task that updated a device every minute. */
export async function writeHistory(
  db: Kysely<Schema>,
  id: string,
  lines: number,
  from: Instant = NOW,
): Promise<void> {
  const rows = Array.from({ length: lines }, (_, index) => ({
    ...{ operation_id: id, at: from + index * MINUTE, status: 'running' },
    tally: tallyText({ ...NO_TALLY, total: 20_000, succeeded: index }),
    stood: index === 0 ? null : MINUTE,
  }));
  for (const chunk of inChunks(rows, 1_000)) await db.insertInto('snapshot').values(chunk).execute();
}
