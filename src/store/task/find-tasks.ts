import {
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely';
import type { FailTerm, FilterContext, ListRequest, Term, ValueTerm } from '../../core/filter/filter.ts';
import { resolveTime } from '../../core/filter/time-expression.ts';
import type { Task } from '../../core/task/task.ts';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import type { Schema } from '../engine/schema.ts';
import { inKnownSpellings } from './known-names.ts';
import { readWatchedTasks } from './tasks.ts';

export interface FoundTasks {
  readonly tasks: readonly Task[];
  /** How many tasks match in all. */
  readonly total: number;
}

/** Keeps the pages of a list consistent while tasks are added: see `Anchor` (core/question/list-button.ts). */
export interface Within {
  /** Tasks created later are left out; tasks with unknown creation time stay. */
  readonly createdUpTo: Instant;
  readonly offset: number;
  readonly limit: number;
}

type Asked = Pick<ListRequest, 'terms' | 'sort' | 'page' | 'size'>;

/**
 * One page of the mirror's tasks that pass a filter, newest or most failed devices first. Agrees with the
 * core's `matches` on every task and filter. Vanished tasks are left out.
 */
export async function findTasks(
  db: Kysely<Schema>,
  request: Asked,
  context: FilterContext,
  within: Within | null = null,
): Promise<FoundTasks> {
  const matching = matchingTasks(db, await inKnownSpellings(db, request.terms), context, within);
  const total = await countOf(matching);
  const page = await onePage(matching, request, within).execute();
  return { tasks: await readTasksInOrder(db, page), total };
}

/** The ids of the tasks `findTasks` returns, without counting all matches. */
export async function findTaskIds(
  db: Kysely<Schema>,
  request: Asked,
  context: FilterContext,
  within: Within,
): Promise<readonly string[]> {
  const matching = matchingTasks(db, await inKnownSpellings(db, request.terms), context, within);
  const page = await onePage(matching, request, within).execute();
  return page.map((row) => row.operation_id);
}

function matchingTasks(
  db: Kysely<Schema>,
  spelt: readonly Term[],
  context: FilterContext,
  within: Within | null,
): SelectQueryBuilder<Schema, 'task', object> {
  return db
    .selectFrom('task')
    .where('vanished_at', 'is', null)
    .$if(within !== null, (query) =>
      query.where(sql`coalesce(create_time, 0)`, '<=', within?.createdUpTo ?? 0),
    )
    .where((builder) => builder.and(spelt.map((term) => condition(builder, term, context))));
}

async function countOf(matching: SelectQueryBuilder<Schema, 'task', object>): Promise<number> {
  const { total } = await matching
    .select(({ fn }) => fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

function onePage(
  matching: SelectQueryBuilder<Schema, 'task', object>,
  { sort, page, size }: Asked,
  within: Within | null,
) {
  // An unknown number of failed devices sorts as zero, as in the expression index for this order.
  return matching
    .select('operation_id')
    .$if(sort === 'failed', (query) => query.orderBy(sql`coalesce(failed_devices, 0)`, 'desc'))
    .orderBy(sql`coalesce(create_time, 0)`, 'desc')
    .orderBy('operation_id')
    .limit(within?.limit ?? size)
    .offset(within?.offset ?? (page - 1) * size);
}

/** The newest `createTime` in the mirror; null if none is known. */
export async function findNewestCreated(db: Kysely<Schema>): Promise<Instant | null> {
  // Sorted by an index: `max` would read every task.
  const row = await db
    .selectFrom('task')
    .select('create_time')
    .where('vanished_at', 'is', null)
    .orderBy(sql`coalesce(create_time, 0)`, 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.create_time ?? null;
}

/** Which of these tasks pass a filter, with their creation times. Vanished tasks are included. */
export async function findPassing(
  db: Kysely<Schema>,
  operationIds: readonly string[],
  terms: readonly Term[],
  context: FilterContext,
): Promise<ReadonlyMap<string, Instant | null>> {
  const passing = new Map<string, Instant | null>();
  const spelt = await inKnownSpellings(db, terms);
  for (const ids of inChunks(operationIds)) {
    const rows = await db
      .selectFrom('task')
      .select(['operation_id', 'create_time'])
      .where('operation_id', 'in', ids)
      .where((builder) => builder.and(spelt.map((term) => condition(builder, term, context))))
      .execute();
    for (const row of rows) passing.set(row.operation_id, row.create_time);
  }
  return passing;
}

/**
 * Up to `most` tasks that pass a filter and are active or moved since `since`, with their creation times,
 * vanished tasks included. No index covers this: the narrow table is scanned once.
 */
export async function findMovedSince(
  db: Kysely<Schema>,
  terms: readonly Term[],
  context: FilterContext,
  { since, most }: { readonly since: Instant; readonly most: number },
): Promise<ReadonlyMap<string, Instant | null>> {
  const spelt = await inKnownSpellings(db, terms);
  const rows = await db
    .selectFrom('task')
    .select(['operation_id', 'create_time'])
    .where(({ eb, or }) => or([eb('moved_at', '>=', since), eb('active', '=', 1)]))
    .where((builder) => builder.and(spelt.map((term) => condition(builder, term, context))))
    .limit(most)
    .execute();
  return new Map(rows.map((row) => [row.operation_id, row.create_time]));
}

/** Reads whole tasks for the page only: sorting them all would carry their JSON along. */
async function readTasksInOrder(
  db: Kysely<Schema>,
  page: readonly { readonly operation_id: string }[],
): Promise<readonly Task[]> {
  const ids = page.map((row) => row.operation_id);
  const watched = await readWatchedTasks(db, ids);
  return ids.flatMap((id) => watched.get(id)?.task ?? []);
}

/**
 * Failed tasks that ended at or after `since` by the platform's clock or ours, which may differ; newest end
 * first.
 */
export async function findFailedSince(db: Kysely<Schema>, since: Instant, size: number): Promise<FoundTasks> {
  const failed = db
    .selectFrom('task')
    .where('status', '=', 'failed')
    .where('vanished_at', 'is', null)
    .where(({ fn, eb, or, exists, selectFrom }) =>
      or([
        eb(fn.coalesce('stop_time', 'moved_at'), '>=', since),
        exists(
          selectFrom('change')
            .select(sql.lit(1).as('found'))
            .whereRef('change.operation_id', '=', 'task.operation_id')
            .where('change.kind', '=', 'failed')
            .where('change.noticed_at', '>=', since),
        ),
      ]),
    );
  const total = await countOf(failed);
  const page = await failed
    .select('operation_id')
    .orderBy(({ fn }) => fn.coalesce('stop_time', 'moved_at'), 'desc')
    .orderBy('operation_id')
    .limit(size)
    .execute();
  return { tasks: await readTasksInOrder(db, page), total };
}

type Builder = ExpressionBuilder<Schema, 'task'>;

function condition(builder: Builder, term: Term, context: FilterContext): Expression<SqlBool> {
  if ('comparison' in term) return failCondition(builder, term);
  if ('time' in term) {
    return builder('create_time', term.field === 'since' ? '>=' : '<', resolveTime(term.time, context));
  }
  return valueCondition(builder, term);
}

function failCondition(builder: Builder, term: FailTerm): Expression<SqlBool> {
  // The cast is needed because PostgreSQL would read a fraction as an integer, like the column.
  const amount = sql<number>`cast(${term.amount} as double precision)`;
  if (term.unit === 'devices') return builder('failed_devices', term.comparison, amount);
  return builder.and([
    builder('total', '>', 0),
    builder(sql<number>`failed_devices * 100.0`, term.comparison, sql<number>`${amount} * total`),
  ]);
}

const COLUMNS = {
  status: 'status',
  type: 'type',
  task: 'operation_id',
  devicetype: 'device_type',
  model: 'model',
  manufacturer: 'manufacturer_name',
} as const;

function valueCondition(builder: Builder, term: ValueTerm): Expression<SqlBool> {
  if (term.field === 'device' || term.field === 'group') {
    // Not `exists`: that would check every task in the mirror instead of the few with this target.
    const aimed = builder(
      'operation_id',
      'in',
      builder
        .selectFrom('task_target')
        .select('task_target.operation_id')
        .where('kind', '=', term.field)
        .where('value', 'in', term.values),
    );
    return term.not ? builder.not(aimed) : aimed;
  }
  const column = COLUMNS[term.field];
  const equal = builder(column, 'in', term.values);
  // A null column equals nothing, so the negation must match; plain SQL would drop the row.
  return term.not ? builder.or([builder(column, 'is', null), builder.not(equal)]) : equal;
}
