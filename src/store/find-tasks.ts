import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely';
import type { FailTerm, FilterContext, ListRequest, Term, ValueTerm } from '../core/filter/filter.ts';
import { resolveTime } from '../core/filter/time-expression.ts';
import type { Instant, Task } from '../core/task.ts';
import type { Schema } from './schema.ts';
import { toWatchedTask } from './tasks.ts';

export interface FoundTasks {
  readonly tasks: readonly Task[];
  /** How many match in all. */
  readonly total: number;
}

/**
 * One page of the tasks in the mirror that pass a filter, newest first or most failed devices first. Says the same as
 * `matches` of the core for every task and filter; tasks the platform no longer knows are left out.
 */
export async function findTasks(
  db: Kysely<Schema>,
  request: Pick<ListRequest, 'terms' | 'sort' | 'page' | 'size'>,
  context: FilterContext,
): Promise<FoundTasks> {
  const matching = db
    .selectFrom('task')
    .where('vanished_at', 'is', null)
    .where((builder) => builder.and(request.terms.map((term) => condition(builder, term, context))));
  const { total } = await matching
    .select(({ fn }) => fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow();
  // A number of failed devices that is unknown sorts as none; the expression index of the order does the same.
  const rows = await matching
    .selectAll()
    .$if(request.sort === 'failed', (query) => query.orderBy(sql`coalesce(failed_devices, 0)`, 'desc'))
    .orderBy(sql`coalesce(create_time, 0)`, 'desc')
    .orderBy('operation_id')
    .limit(request.size)
    .offset((request.page - 1) * request.size)
    .execute();
  return { tasks: rows.map((row) => toWatchedTask(row).task), total: Number(total) };
}

/** The latest failures: tasks that are failed and ended at or after a moment, newest end first. */
export async function findFailedSince(db: Kysely<Schema>, since: Instant, size: number): Promise<FoundTasks> {
  const failed = db
    .selectFrom('task')
    .where('status', '=', 'failed')
    .where('vanished_at', 'is', null)
    .where(({ fn, eb }) => eb(fn.coalesce('stop_time', 'moved_at'), '>=', since));
  const { total } = await failed
    .select(({ fn }) => fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await failed
    .selectAll()
    .orderBy(({ fn }) => fn.coalesce('stop_time', 'moved_at'), 'desc')
    .orderBy('operation_id')
    .limit(size)
    .execute();
  return { tasks: rows.map((row) => toWatchedTask(row).task), total: Number(total) };
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
  if (term.unit === 'devices') return builder('failed_devices', term.comparison, term.amount);
  return builder.and([
    builder('total', '>', 0),
    builder(sql<number>`failed_devices * 100.0`, term.comparison, sql<number>`${term.amount} * total`),
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
    // Not `exists`: that would look at every task of the mirror in turn, instead of at the few that are aimed there.
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
  // A column without a value equals nothing, so its negation holds; SQL's null would drop the row.
  return term.not ? builder.or([builder(column, 'is', null), builder.not(equal)]) : equal;
}
