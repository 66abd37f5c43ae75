import type { Kysely } from 'kysely';

const COUNTERS = ['wait', 'processing', 'success', 'fail', 'stop', 'timeout'] as const;
/** Tasks brought up to date at once. */
const PORTION = 500;

interface Tables {
  task: { operation_id: string } & Record<(typeof COUNTERS)[number], number | null>;
  task_body: { operation_id: string; task: string };
}

/** Counters of a task in columns: what moves is no longer written as part of the whole task. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const counter of COUNTERS) await db.schema.alterTable('task').addColumn(counter, 'bigint').execute();
  for (let after = '', more = true; more; ) {
    const rows = await db
      .selectFrom('task_body')
      .selectAll()
      .where('operation_id', '>', after)
      .orderBy('operation_id')
      .limit(PORTION)
      .execute();
    for (const { operation_id, task } of rows) {
      const { operationId, status, startTime, stopTime, tally, ...body } = JSON.parse(task);
      const { total, ...counters } = tally;
      await db.updateTable('task').set(counters).where('operation_id', '=', operation_id).execute();
      const text = JSON.stringify(body);
      await db
        .updateTable('task_body')
        .set({ task: text })
        .where('operation_id', '=', operation_id)
        .execute();
    }
    after = rows.at(-1)?.operation_id ?? '';
    more = rows.length === PORTION;
  }
}
