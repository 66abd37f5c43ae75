import { describe, expect } from '@jest/globals';
import { alertsTo } from './harness/environment.ts';
import { story } from './harness/story.ts';

describe('the pages for whoever runs the bot', () => {
  story('all is well: alive, ready, and figures that begin with upgrades_', async (s) => {
    s.fleet.addTask({ status: 'failed' });
    await s.start();
    await s.people.ask('ana', 'failed');
    expect(await s.page('/healthz')).toEqual({ status: 200, body: '{"alive":true}\n' });
    expect(await s.page('/readyz')).toEqual({ status: 200, body: '{"ready":true,"reasons":[]}\n' });
    const { status, body } = await s.page('/metrics');
    expect(status).toBe(200);
    const names = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(names.every((line) => line.startsWith('upgrades_'))).toBe(true);
    for (const line of [
      /^upgrades_polls_total\{outcome="good"\} \d+$/m,
      /^upgrades_poll_seconds_count \d+$/m,
      /^upgrades_platform_calls_total\{call="listTasks",outcome="ok"\} \d+$/m,
      /^upgrades_budget_left \d+$/m,
      /^upgrades_tasks\{status="failed"\} 1$/m,
      /^upgrades_slack_calls_total\{method="response_url",outcome="answered"\} 1$/m,
    ]) {
      expect(body).toMatch(line);
    }
  });

  story(
    'a connection is kept open longer than a load balancer keeps it, which would lose a command',
    async (s) => {
      const { port } = await s.start();
      const { headers } = await fetch(`http://127.0.0.1:${port}/healthz`);
      expect(headers.get('keep-alive')).toBe('timeout=75');
    },
  );

  story('Slack is away at the start: not ready, and then it is', async (s) => {
    s.workspace.fault({ method: 'auth.test', kind: 'status', status: 503, times: Infinity });
    await s.startAnyhow();
    s.log.expect(/Slack did not tell who we are/);
    await s.poll();
    const away = await s.page('/readyz');
    expect(away.status).toBe(503);
    expect(away.body).toContain('slack: Slack has not told yet who we are');
    expect((await s.page('/healthz')).status).toBe(200);
    s.workspace.clearFaults();
    await s.workspace.until(() =>
      s.workspace.apiCalls.some(({ method, ok }) => method === 'auth.test' && ok),
    );
    await s.silence();
    expect((await s.page('/readyz')).status).toBe(200);
    expect((await s.people.ask('ana', 'failed')).text).toContain('No upgrade task matches');
  });

  story(
    'Slack refuses the bot token: not ready, with what to do, and asked every five minutes only',
    async (s) => {
      await s.startAnyhow({ SLACK_BOT_TOKEN: 'xoxb-from-somewhere-else' });
      s.log.expect(/"slack-token-refused"/);
      const line = await s.log.until(
        ({ code }) => code === 'slack-token-refused',
        'that the token is refused',
      );
      expect(line).toMatchObject({ milliseconds: 300_000, advice: expect.stringContaining('Copy it again') });
      expect((await s.page('/readyz')).body).toContain(
        'slack: Slack has not told yet who we are. SLACK_BOT_TOKEN: Slack refuses it (invalid_auth). Copy it again',
      );
      const asked = () => s.workspace.apiCalls.filter(({ method }) => method === 'auth.test').length;
      expect(asked()).toBe(1);
      s.clock.advance(300_000);
      await s.workspace.until(() => asked() === 2, { what: 'the second try' });
    },
  );

  story('the polls stop coming through: not ready, with how long ago', async (s) => {
    await s.start();
    s.clock.advance(4 * 86_400_000);
    const { status, body } = await s.page('/readyz');
    expect(status).toBe(503);
    expect(body).toMatch(/poll: the last good cycle was 34\d\d\d\d s ago/);
  });

  story(
    'a process that only answers has no polls of its own, and the figures of the store all the same',
    async (s) => {
      s.fleet.addTask({ status: 'failed' });
      await s.start();
      await s.stop();
      await s.startAnyhow({}, 'web');
      await s.people.ask('ana', 'failed');
      await s.workspace.until(() =>
        s.workspace.apiCalls.some(({ method, ok }) => method === 'auth.test' && ok),
      );
      const { status, body } = await s.page('/metrics');
      expect(status).toBe(200);
      expect(body).not.toMatch(/^upgrades_polls_total\{/m);
      for (const line of [
        /^upgrades_build_info\{version="[\d.]+",node="v\d+[^"]*",role="web"\} 1$/m,
        /^upgrades_tasks\{status="failed"\} 1$/m,
        /^upgrades_last_good_cycle_timestamp_seconds [1-9]\d{9}/m,
        /^upgrades_ready\{part="poll"\} 1$/m,
        /^upgrades_command_seconds_count\{question="list"\} 1$/m,
      ]) {
        expect(body).toMatch(line);
      }
    },
  );

  story('a process that only watches and tells answers nobody, and serves the same pages', async (s) => {
    s.fleet.addTask({ status: 'processing' });
    await s.start(alertsTo(s), 'worker');
    await s.told({ says: ['I watch'] });
    expect((await s.page('/readyz')).status).toBe(200);
    const { body } = await s.page('/metrics');
    for (const line of [
      /^upgrades_build_info\{.*role="worker"\} 1$/m,
      /^upgrades_polls_total\{outcome="good"\} \d+$/m,
      /^upgrades_polls_total\{outcome="failed"\} 0$/m,
      /^upgrades_notices_total\{kind="baseline",outcome="sent"\} 1$/m,
      /^upgrades_subscriptions\{state="active"\} 1$/m,
      /^upgrades_notices_oldest_waiting_seconds 0$/m,
    ]) {
      expect(body).toMatch(line);
    }
    expect(body).not.toMatch(/^upgrades_socket_connected/m);
  });
});
