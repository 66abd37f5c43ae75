import type { Kysely } from 'kysely';
import { PREVIEW_SPAN } from '../../core/notification/preview.ts';
import type { Instant } from '../../lib/instant.ts';
import { countSnapshots, thinHistories } from '../change/thin-histories.ts';
import { inChunks } from '../engine/chunks.ts';
import type { Schema } from '../engine/schema.ts';
import { movesStill } from '../notification/prune-notifications.ts';

/** Tasks per query. */
const PORTION = 500;
/** Snapshots kept of a task that ended before the preview span: enough to draw its chart. */
const COURSE = 40;

/**
 * Prunes all tasks. Those that ended before `before` keep nothing but the task itself; those that ended
 * before the preview span keep a shorter history.
 */
export async function pruneTasks(
  db: Kysely<Schema>,
  { now, before }: { readonly now: Instant; readonly before: Instant },
  signal?: AbortSignal,
): Promise<void> {
  for (let after: string | null = ''; after !== null && !signal?.aborted; ) {
    const tasks = await readTasksAfter(db, after);
    const ended = tasks.filter(({ active, moved_at }) => active === 0 && moved_at < now - PREVIEW_SPAN);
    const [old, lately] = [
      ended.filter(({ moved_at }) => moved_at < before),
      ended.filter(({ moved_at }) => moved_at >= before),
    ];
    await forget(
      db,
      old.map(({ operation_id }) => operation_id),
      before,
    );
    const lengths = await countSnapshots(
      db,
      lately.map(({ operation_id }) => operation_id),
    );
    const long = [...lengths].filter(([, lines]) => lines > COURSE).map(([id]) => id);
    await thinHistories(db, long, COURSE);
    after = tasks.at(-1)?.operation_id ?? null;
  }
}

async function readTasksAfter(db: Kysely<Schema>, after: string) {
  return await db
    .selectFrom('task')
    .select(['operation_id', 'active', 'moved_at'])
    .where('operation_id', '>', after)
    .orderBy('operation_id')
    .limit(PORTION)
    .execute();
}

async function forget(db: Kysely<Schema>, operationIds: readonly string[], before: Instant): Promise<void> {
  for (const ids of inChunks(operationIds)) {
    await db.deleteFrom('snapshot').where('operation_id', 'in', ids).execute();
    // Must come first: a stored reading means that devices without a result did not fail.
    await db
      .deleteFrom('device_reading')
      .where('operation_id', 'in', ids)
      .where('failed_read_at', '<', before)
      .execute();
    await db
      .deleteFrom('device_result')
      .where('operation_id', 'in', ids)
      .where('seen_at', '<', before)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('device_reading')
              .select('device_reading.operation_id')
              .whereRef('device_reading.operation_id', '=', 'device_result.operation_id'),
          ),
        ),
      )
      .execute();
  }
}

/** Deletes acknowledgements of long-ended tasks, and mutes until the end that were set after it: both are few. */
export async function pruneDeeds(db: Kysely<Schema>, before: Instant): Promise<void> {
  await db
    .deleteFrom('acknowledgement')
    .where('acknowledged_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('task')
            .select('task.operation_id')
            .whereRef('task.operation_id', '=', 'acknowledgement.operation_id')
            .where(movesStill(before)),
        ),
      ),
    )
    .execute();
  await db
    .deleteFrom('mute')
    .where('muted_at', '<', before)
    .where('until', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('task')
            .select('task.operation_id')
            .whereRef('task.operation_id', '=', 'mute.operation_id')
            .where(movesStill(before)),
        ),
      ),
    )
    .execute();
}
