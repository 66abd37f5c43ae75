import { expect, test } from '@jest/globals';
import { createMetrics } from '../../src/ops/metrics/create-metrics.ts';
import { createRoutes } from '../../src/ops/routes.ts';
import { createMemoryCallLedger } from '../../src/platform/budget/memory-call-ledger.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';

test('the store is gone: alive, not ready with the reason, and the figures of the process stay', async () => {
  const store = await openSqlite(':memory:');
  const metrics = createMetrics({
    ...{ role: 'all', version: '1.2.3', polls: true, socketMode: false, ofProcess: false },
  });
  const routes = createRoutes({
    db: store.db,
    ledger: createMemoryCallLedger({ now: Date.now, callsPerMinute: 100 }),
    metrics,
    now: Date.now,
    polls: true,
    pollSchedule: '* * * * *',
    slackTrouble: () => null,
    socketConnected: () => null,
  });
  metrics.onPlatformCall({ call: 'listTasks', outcome: 'ok' });
  await store.close();
  const answers = await Promise.all(
    ['/healthz', '/readyz', '/metrics'].map((path) => routes.find((route) => route.path === path)?.answer()),
  );
  expect(answers.map((answer) => answer?.status)).toEqual([200, 503, 200]);
  expect(JSON.parse(answers[1]?.body ?? '')).toEqual({ ready: false, reasons: ['store: cannot be read'] });
  const page = answers[2]?.body ?? '';
  expect(page).toMatch(/^upgrades_platform_calls_total\{call="listTasks",outcome="ok"\} 1$/m);
  expect(page).toMatch(/^upgrades_ready\{part="store"\} 0$/m);
  expect(page).not.toContain('upgrades_tasks');
});
