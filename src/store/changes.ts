import type { Kysely } from 'kysely';
import type { TaskChanges } from '../core/outbox-plan.ts';
import type { Instant } from '../core/task.ts';
import { inChunks } from './chunks.ts';
import type { Schema } from './schema.ts';

/** Keeps what happened to tasks: the ground of catch-ups, previews and explanations. Progress is kept as sights. */
export async function writeChanges(
  db: Kysely<Schema>,
  all: readonly TaskChanges[],
  { now, newId }: { readonly now: Instant; readonly newId: () => string },
): Promise<void> {
  const rows = all.flatMap(({ task, changes }) =>
    changes
      .filter(({ kind }) => kind !== 'progress')
      .map(({ kind, at }) => ({
        id: newId(),
        operation_id: task.operationId,
        kind,
        at,
        noticed_at: now,
      })),
  );
  for (const chunk of inChunks(rows)) await db.insertInto('change').values(chunk).execute();
}
