import type { Kysely } from 'kysely';
import type { DeviceResult, KnownStatus } from '../../core/task/task.ts';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import type { Schema } from '../engine/schema.ts';

/** A task's result on one device, as last read. */
export interface KnownResult {
  readonly operationId: string;
  readonly result: DeviceResult;
  readonly seenAt: Instant;
}

/** When a task's device results were last read completely; null if never. */
export interface DeviceReading {
  readonly failedReadAt: Instant | null;
  readonly allReadAt: Instant | null;
}

/** Stores results, replacing earlier ones for the same device and task. */
export async function writeDeviceResults(
  db: Kysely<Schema>,
  operationId: string,
  results: readonly DeviceResult[],
  seenAt: Instant,
): Promise<void> {
  const newest = new Map(results.map((result) => [result.deviceId, result]));
  for (const chunk of inChunks([...newest.values()])) {
    const rows = chunk.map((result) => ({
      device_id: result.deviceId,
      operation_id: operationId,
      status: result.status,
      result: JSON.stringify(result),
      seen_at: seenAt,
    }));
    await db
      .insertInto('device_result')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['device_id', 'operation_id']).doUpdateSet(({ ref }) => ({
          status: ref('excluded.status'),
          result: ref('excluded.result'),
          seen_at: ref('excluded.seen_at'),
        })),
      )
      .execute();
  }
}

/** Known results of a device, by task. */
export async function readResultsOfDevice(
  db: Kysely<Schema>,
  deviceId: string,
): Promise<ReadonlyMap<string, KnownResult>> {
  const rows = await db.selectFrom('device_result').selectAll().where('device_id', '=', deviceId).execute();
  return new Map(
    rows.map((row) => [
      row.operation_id,
      // Written by `writeDeviceResults` from the same type; nothing else writes this column.
      { operationId: row.operation_id, result: JSON.parse(row.result) as DeviceResult, seenAt: row.seen_at },
    ]),
  );
}

/** Records that a task's results were read to the end: the failed ones, or all. */
export async function markDevicesRead(
  db: Kysely<Schema>,
  operationId: string,
  which: 'failed' | 'all',
  at: Instant,
): Promise<void> {
  const read = which === 'all' ? { failed_read_at: at, all_read_at: at } : { failed_read_at: at };
  await db
    .insertInto('device_reading')
    .values({ operation_id: operationId, failed_read_at: at, all_read_at: which === 'all' ? at : null })
    .onConflict((conflict) => conflict.column('operation_id').doUpdateSet(read))
    .execute();
}

/** When the results of these tasks were read; tasks never read are left out. */
export async function readDeviceReadings(
  db: Kysely<Schema>,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, DeviceReading>> {
  const readings = new Map<string, DeviceReading>();
  for (const ids of inChunks(operationIds)) {
    const rows = await db.selectFrom('device_reading').selectAll().where('operation_id', 'in', ids).execute();
    for (const row of rows) {
      readings.set(row.operation_id, { failedReadAt: row.failed_read_at, allReadAt: row.all_read_at });
    }
  }
  return readings;
}

/**
 * The latest ended task whose failures were not read since its counters last moved: the next one to index.
 * Undefined if there is none. Tasks that last moved before `since` are skipped: their results are pruned.
 */
export async function readNextUnreadFailures(
  db: Kysely<Schema>,
  since: Instant,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('task')
    .leftJoin('device_reading', 'device_reading.operation_id', 'task.operation_id')
    .select('task.operation_id')
    .where('task.active', '=', 0)
    .where('task.vanished_at', 'is', null)
    .where('task.failed_devices', '>', 0)
    .where('task.moved_at', '>=', since)
    .where(({ eb, or }) =>
      or([
        eb('device_reading.failed_read_at', 'is', null),
        eb('device_reading.failed_read_at', '<', eb.ref('task.moved_at')),
      ]),
    )
    .orderBy('task.moved_at', 'desc')
    .orderBy('task.operation_id')
    .limit(1)
    .executeTakeFirst();
  return row?.operation_id;
}

/** A page of a task's stored device results. */
export interface RememberedResults {
  readonly results: readonly DeviceResult[];
  /** How many stored results have this status. */
  readonly total: number;
  /** When the oldest result on the page was read; null if the page is empty. */
  readonly oldestSeenAt: Instant | null;
}

/**
 * A page of a task's stored device results, by device id; `status` null means all. Only what a person or the
 * watch has read is stored.
 */
export async function readResultsOfTask(
  db: Kysely<Schema>,
  operationId: string,
  {
    status,
    offset,
    limit,
  }: { readonly status: KnownStatus | null; readonly offset: number; readonly limit: number },
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
    // Written by `writeDeviceResults` from the same type; nothing else writes this column.
    results: rows.map(({ result }) => JSON.parse(result) as DeviceResult),
    total: Number(counted?.results ?? 0),
    oldestSeenAt: rows.length === 0 ? null : Math.min(...rows.map(({ seen_at }) => seen_at)),
  };
}

/** Counts stored failed devices of these tasks; tasks without any are left out. */
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
      .where('status', '=', 'failed')
      .groupBy('operation_id')
      .execute();
    for (const { operation_id, results } of rows) counts.set(operation_id, Number(results));
  }
  return counts;
}
