import { describe, expect } from '@jest/globals';
import { PGBOUNCER, startPgBouncer } from '../store/pgbouncer.ts';
import { createTestDatabase } from '../store/test-database.ts';
import { alertsTo } from './harness/environment.ts';
import { story } from './harness/story.ts';

// A server of one's own need not have it beside it; CI has.
const where = PGBOUNCER === null ? describe.skip : describe;

where('the store is behind PgBouncer', () => {
  story('the bot starts, answers, watches, tells, and goes on after a restart', async (s) => {
    const database = await createTestDatabase();
    const bouncer = await startPgBouncer(PGBOUNCER ?? '', database.url);
    const env = { ...alertsTo(s), DATABASE_URL: bouncer.through(database.url) };
    try {
      s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 4 } });
      await s.start(env);
      await s.told({ kind: 'post', says: ['I watch 1 upgrade task'] });
      expect((await s.people.ask('ana', 'running')).text).toContain('op-1');
      s.fleet.setStatus('op-1', 'failed');
      await s.poll();
      await s.told({ kind: 'post', says: ['op-1', 'failed'] });
      await s.silence();
      await s.restart(env);
      expect((await s.people.ask('ana', 'failed')).text).toContain('op-1');
      await s.silence();
      await s.stop();
    } finally {
      await s.stop();
      await bouncer.close();
      await database.drop();
    }
  });
});
