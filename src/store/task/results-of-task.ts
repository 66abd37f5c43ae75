import type { Kysely } from 'kysely';
import type { DeviceResult } from '../../core/task/task.ts';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import type { Schema } from '../engine/schema.ts';

/** Some of the device results of a task that were read before. */
export interface RememberedResults {
  readonly results: readonly DeviceResult[];
  /** How many are remembered with this status. */
  readonly total: number;
  /** When the oldest of those shown was read; null when there is none. */
  readonly oldestSeenAt: Instant | null;
}

/**
 * What is remembered of a task's devices, by device id; `status` null means all. It may be less than the platform knows:
 * only what somebody or the watch has read is here.
 */
export async function readResultsOfTask(
  db: Kysely<Schema>,
  operationId: string,
  {
    status,
    offset,
    limit,
  }: { readonly status: string | null; readonly offset: number; readonly limit: number },
): Promise<RememberedResults> {
  const base = db.selectFrom('device_result').where('operation_id', '=', operationId);
  const matching = status === null ? base : base.where('status', '=', status);
  const counted = await matching
    .select(({ fn }) => fn.countAll<number | string>().as('results'))
    .executeTakeFirst();
  const rows = await matching
    .select(['result', 'seen_at'])
    .orderBy('device_id')
    .offset(offset)
    .limit(limit)
    .execute();
  return {
    // Written by `writeDeviceResults` from the same type; nobody else writes this column.
    results: rows.map(({ result }) => JSON.parse(result) as DeviceResult),
    total: Number(counted?.results ?? 0),
    oldestSeenAt: rows.length === 0 ? null : Math.min(...rows.map(({ seen_at }) => seen_at)),
  };
}

/** How many failed devices are remembered of these tasks; those without any are left out. */
export async function countFailed(
  db: Kysely<Schema>,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const ids of inChunks(operationIds)) {
    const rows = await db
      .selectFrom('device_result')
      .select(({ fn }) => ['operation_id', fn.countAll<number | string>().as('results')])
      .where('operation_id', 'in', ids)
      .where('status', '=', 'fail')
      .groupBy('operation_id')
      .execute();
    for (const { operation_id, results } of rows) counts.set(operation_id, Number(results));
  }
  return counts;
}
