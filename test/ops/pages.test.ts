import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { startServer } from '../../src/lib/http/start-server.ts';
import { createMetrics } from '../../src/ops/metrics/create-metrics.ts';
import { createPages } from '../../src/ops/pages.ts';
import { createReadiness } from '../../src/ops/readiness.ts';
import { pollTrouble, storeTrouble } from '../../src/ops/watch-readiness.ts';
import { createMemoryCallLedger } from '../../src/platform/budget/memory-call-ledger.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';

test('the store is gone: alive, not ready with the reason, and the figures of the process stay', async () => {
  const { db, close } = await openSqlite(':memory:');
  const metrics = createMetrics({
    ...{ role: 'all', version: '1.2.3', polls: true, socketMode: false, ofProcess: false },
  });
  const readiness = createReadiness();
  readiness.add('store', storeTrouble(db));
  readiness.add('poll', pollTrouble(db, '* * * * *', Date.now));
  const pages = createPages({
    db,
    ledger: createMemoryCallLedger({ now: Date.now, callsPerMinute: 100 }),
    metrics,
    now: Date.now,
    readiness,
    socketConnected: () => null,
  });
  const log = pino({ level: 'silent' });
  const server = await startServer({ port: 0, host: '127.0.0.1', pages, endpoint: null, log });
  try {
    metrics.onPlatformCall({ call: 'listTasks', outcome: 'ok' });
    await close();
    const answers = await Promise.all(
      ['/healthz', '/readyz', '/metrics'].map(async (path) => {
        const answer = await fetch(`http://127.0.0.1:${server.port}${path}`);
        return { status: answer.status, body: await answer.text() };
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 503, 200]);
    expect(JSON.parse(answers[1]?.body ?? '')).toEqual({ ready: false, reasons: ['store: cannot be read'] });
    const page = answers[2]?.body ?? '';
    expect(page).toMatch(/^upgrades_platform_calls_total\{call="listTasks",outcome="ok"\} 1$/m);
    expect(page).toMatch(/^upgrades_ready\{part="store"\} 0$/m);
    expect(page).not.toContain('upgrades_tasks');
  } finally {
    await server.stop();
  }
});
