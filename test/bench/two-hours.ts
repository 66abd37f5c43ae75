import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { createSimulatedClock } from '../../sandbox/platform/clock.ts';
import { spreadCourses } from '../../sandbox/platform/demo/spread-courses.ts';
import { type SimulatedPlatform, seedDemoFleet } from '../../sandbox/platform/index.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';
import { prune, REMEMBERED } from '../../src/store/task/prune.ts';
import { heldMegabytes } from './memory.ts';
import type { Row } from './row.ts';
import { openStage } from './stage.ts';

const SPEED = 60;
const HOUR = 3_600_000;
/** A new task of 200 devices every two minutes of the fleet. */
const NEW_TASK_EVERY = 120_000;
/** Growth of what is held that is taken for noise. */
const NOISE = 1.1;

/** Two hours of a fleet that goes on moving, at sixty times its speed: two minutes, with a look every second. */
export async function benchTwoHours(): Promise<readonly Row[]> {
  const clock = createSimulatedClock();
  await using stage = await openStage({ clock, postRate: 'off', seed: seedDemoFleet });
  clock.follow({ speed: SPEED });
  const path = join(stage.folder, 'hours.db');
  const bot = await stage.startBot({
    flags: ['--inspect=127.0.0.1:0'],
    env: {
      ...{ POLL_SCHEDULE: '* * * * * *', SWEEP_SCHEDULE: '*/30 * * * * *', DATABASE_URL: `sqlite:${path}` },
      ALERT_CHANNEL: stage.workspace.channelInfo('iot-ops').id,
    },
  });
  const look = async () => ({
    heap: await heldMegabytes(bot),
    handles: readdirSync(`/proc/${bot.pid}/fd`).length,
    threads: readdirSync(`/proc/${bot.pid}/task`).length,
  });
  await live(stage.platform, HOUR / 2);
  const early = await look();
  await live(stage.platform, 1.5 * HOUR);
  const late = await look();
  await bot.stop();
  const steady = late.heap <= early.heap * NOISE && late.handles <= early.handles + 2;
  const store = await storeAfterwards(path);
  return [
    {
      what: 'two hours of a moving fleet at 60×: held after 2 h',
      figure: `heap ${late.heap.toFixed(1)} MB, ${late.handles} open handles, ${late.threads} threads`,
      floor: `after half an hour: ${early.heap.toFixed(1)} MB, ${early.handles}, ${early.threads}`,
      ratio: late.heap / early.heap,
      ...{ promise: 'no growth', verdict: steady ? 'kept' : 'broken' },
    },
    {
      what: 'its store',
      figure: store.before,
      floor: `90 days later: ${store.after}`,
      ...{ ratio: null, promise: 'bounded by age', verdict: store.bounded ? 'kept' : 'broken' },
    },
  ];
}

/** Lets so much time of the fleet pass, in which new tasks come. */
async function live({ fleet, clock }: SimulatedPlatform, span: number): Promise<void> {
  const end = clock.now() + span;
  for (let number = 0; clock.now() < end; number += 1) {
    const courses = spreadCourses({
      ...{ devices: 200, failShare: number % 3 === 0 ? 0.2 : 0, reasons: ['Not enough storage'] },
      ...{ firstEndsAfter: 300_000, lastEndsAfter: 1_800_000 },
    });
    fleet.addTask({ plan: { devices: courses } });
    await pause(NEW_TASK_EVERY / SPEED);
  }
}

const AGING = ['change', 'decision', 'notification', 'snapshot'] as const;

async function storeAfterwards(path: string) {
  const store = await openSqlite(path);
  try {
    const count = async () => {
      const rows: Record<string, number> = {};
      for (const table of ['task', ...AGING]) {
        const { rows: found } = await sql<{
          rows: number;
        }>`select count(*) as rows from ${sql.table(table)}`.execute(store.db);
        rows[table] = Number(found[0]?.rows);
      }
      return rows;
    };
    const words = (rows: Readonly<Record<string, number>>) =>
      Object.entries(rows)
        .map(([table, number]) => `${number} ${table}`)
        .join(', ');
    const before = await count();
    await prune(store.db, Date.now() + REMEMBERED + HOUR);
    const after = await count();
    return {
      before: `${(statSync(path).size / 1_048_576).toFixed(1)} MB: ${words(before)}`,
      after: words(after),
      bounded: after.change === 0 && after.decision === 0 && (after.notification ?? 0) <= (after.task ?? 0),
    };
  } finally {
    await store.close();
  }
}
