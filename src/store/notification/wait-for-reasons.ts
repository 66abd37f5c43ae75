import type { Kysely } from 'kysely';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import type { Schema } from '../engine/schema.ts';

/** Postpones unattempted notifications about these tasks, in every process, to wait for failure reasons. */
export async function waitForReasons(
  db: Kysely<Schema>,
  operationIds: readonly string[],
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Promise<void> {
  for (const ids of inChunks(operationIds)) {
    await untried(db, ids).set({ due_at: until, waits_since: from }).where('due_at', '<', until).execute();
  }
}

/** The reasons have arrived, or will not arrive in time: notifications waiting for them are due now. */
export async function endWait(
  db: Kysely<Schema>,
  operationIds: readonly string[],
  now: Instant,
): Promise<void> {
  for (const ids of inChunks(operationIds)) {
    await untried(db, ids).set({ due_at: now }).where('due_at', '>', now).execute();
  }
}

function untried(db: Kysely<Schema>, operationIds: readonly string[]) {
  return db
    .updateTable('notification')
    .where('operation_id', 'in', operationIds)
    .where('state', '=', 'pending')
    .where('attempts', '=', 0);
}
