import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';

/**
 * The least program that does with running tasks what a cycle does: fetches their pages, parses them and upserts their rows in
 * one transaction, into the bot's own tables. It trusts every answer, compares nothing and posts nothing. Each line of its
 * standard input is an authorization; it does one cycle for each, and prints the milliseconds that took.
 */
const { STORE = '', PLATFORM_URL = '', PLATFORM_APP_ID = '' } = process.env;

interface Row {
  readonly operationId: string;
  readonly status: string;
  readonly operateType: string;
  readonly createTime: string;
  readonly startTime: string;
  readonly targets: {
    readonly deviceType: string;
    readonly model: string;
    readonly manufacturerName: string;
  };
  readonly staResult: { readonly total: number; readonly fail: number; readonly timeout: number };
}

const database = new DatabaseSync(STORE);
database.exec('pragma journal_mode = wal; pragma synchronous = full;');
// A statement run for each row: one JSON parameter for all of them takes SQLite twice as long.
const upsertTask =
  database.prepare(`insert into task (operation_id, type, status, active, create_time, start_time,
    device_type, model, manufacturer_name, total, failed_devices, first_seen_at, seen_at, moved_at, alarms)
  values (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}')
  on conflict (operation_id) do update set type = excluded.type, status = excluded.status, active = excluded.active,
    create_time = excluded.create_time, start_time = excluded.start_time, device_type = excluded.device_type,
    model = excluded.model, manufacturer_name = excluded.manufacturer_name, total = excluded.total,
    failed_devices = excluded.failed_devices, seen_at = excluded.seen_at, moved_at = excluded.moved_at,
    alarms = excluded.alarms`);
const upsertBody = database.prepare(
  'insert into task_body (operation_id, task) values (?, ?) on conflict (operation_id) do update set task = excluded.task',
);
const insertSnapshot = database.prepare(
  'insert into snapshot (operation_id, at, status, tally) values (?, ?, ?, ?)',
);

for await (const authorization of createInterface(process.stdin)) {
  const begun = performance.now();
  write(await readAll({ app_key: PLATFORM_APP_ID, authorization }), Date.now());
  console.log(performance.now() - begun);
}

async function readAll(headers: Readonly<Record<string, string>>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let pageNo = 0, received = 100; received === 100; pageNo += 1) {
    const list = `/iodm/northbound/v1.5.0/operations?operationStatus=processing&pageNo=${pageNo}&pageSize=100`;
    const answer = await fetch(`${PLATFORM_URL}${list}`, { headers });
    if (!answer.ok) throw new Error(`the platform answered ${answer.status}`);
    // The simulated platform wrote it: nothing else is ever asked.
    const { data } = (await answer.json()) as { readonly data: readonly Row[] };
    rows.push(...data);
    received = data.length;
  }
  return rows;
}

function write(rows: readonly Row[], now: number): void {
  database.exec('begin');
  for (const row of rows) {
    const { operationId, status, targets, staResult } = row;
    upsertTask.run(
      operationId,
      row.operateType,
      status,
      timeOf(row.createTime),
      timeOf(row.startTime),
      targets.deviceType,
      targets.model,
      targets.manufacturerName,
      staResult.total,
      staResult.fail + staResult.timeout,
      now,
      now,
      now,
    );
    upsertBody.run(operationId, JSON.stringify(row));
    insertSnapshot.run(operationId, now, status, Object.values(staResult).join());
  }
  database.exec('commit');
}

function timeOf(compact: string): number {
  return Date.parse(compact.replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'));
}
