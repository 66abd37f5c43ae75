import { describe, expect } from '@jest/globals';
import { startSimulatedPlatform } from '../../sandbox/platform/index.ts';
import { alertsTo } from './harness/environment.ts';
import { story } from './harness/story.ts';

describe('the platform is away', () => {
  story('from the beginning: people get a sentence, and the bot goes on once it is there', async (s) => {
    s.platform.faults.add({ kind: 'reset' }, { times: 'until-cleared' });
    await s.startAnyhow(alertsTo(s));
    s.log.expect(/cycle failed/);
    for (const line of ['', 'failed', 'fail&gt;5%', 'op-1']) {
      const { text, to } = await s.people.ask('ana', line);
      expect(to).toBe('ana');
      expect(text).toMatch(/cannot be reached|first look at the platform has not ended/);
      expect(text).toMatch(/Ask again/);
    }
    await s.log.until(({ msg }) => /^cycle failed/.test(`${msg}`), 'that the first look failed');
    const ready = await s.page('/readyz');
    expect(ready.status).toBe(503);
    expect((await s.page('/healthz')).status).toBe(200);

    s.platform.faults.clear();
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    expect((await s.poll()).outcome).toBe('good');
    await s.told({ kind: 'post', in: 'iot-ops', says: ['I watch 1 upgrade task'] });
    expect((await s.people.ask('ana', 'failed')).text).toContain('live');
    expect((await s.page('/readyz')).status).toBe(200);
  });

  story('nobody listens at its address', async (s) => {
    const other = await startSimulatedPlatform();
    await other.close();
    await s.startAnyhow({ IOT_BASE_URL: other.url });
    s.log.expect(/cycle failed/);
    const { text, to } = await s.people.ask('ana', 'failed');
    expect(to).toBe('ana');
    expect(text).toContain('nothing accepts connections there');
    expect(text).toContain('Check host and port in IOT_BASE_URL');
  });

  story('a cycle that breaks off in the middle changes nothing and tells of no task', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 20 } });
    await s.start(alertsTo(s));
    await s.told({ kind: 'post', says: ['I watch 1 upgrade task'] });
    s.log.expect(/cycle failed/);
    s.fleet.setStatus('op-1', 'failed');
    for (const fault of [
      { kind: 'cut-json' },
      { kind: 'html' },
      { kind: 'reset' },
      { kind: 'status', status: 503 },
      { kind: 'error-under-200', code: '50252' },
    ] as const) {
      s.platform.faults.add(fault, { call: 'listTasks', after: 1, times: 'until-cleared' });
      expect((await s.poll()).outcome).toBe('failed');
      s.platform.faults.clear();
    }
    await s.silence();
    const blind = await s.told({ kind: 'post', in: 'iot-ops', says: ['I cannot see the platform'] });
    expect(s.claims.unclaimed()).toHaveLength(0);
    // The mirror still holds what was last seen whole.
    expect((await s.people.ask('ana', 'running sort:created')).text).toContain('op-1');

    expect((await s.poll()).outcome).toBe('good');
    await s.told({ kind: 'post', in: 'iot-ops', thread: null, says: ['op-1', /failed/] });
    await s.edited(blind, ['I see the platform again']);
  });
});
