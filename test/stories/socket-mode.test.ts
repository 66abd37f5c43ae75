import { describe, expect } from '@jest/globals';
import { alertsTo } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';

async function startOverSocket(s: Story): Promise<void> {
  const { appToken } = s.workspace;
  await s.start({ ...alertsTo(s), SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: '' });
  await s.told({ says: ['I watch'] });
  await s.workspace.until((seen) => seen.socketCount > 0, { what: 'a socket' });
}

describe('over Socket Mode', () => {
  story('commands, buttons and notifications work as over HTTP', async (s) => {
    for (let n = 1; n <= 12; n += 1) s.fleet.addTask({ operationId: `op-${n}`, status: 'processing' });
    await startOverSocket(s);
    const list = await s.people.ask('ana', 'running');
    expect(list.ack.status).toBe(200);
    expect(list.text).toContain('1–10 of 12 tasks');
    expect((await s.people.press('wei', list, { label: 'Next ▶' })).text).toContain('11–12 of 12 tasks');
    const refused = await s.people.ask('olga', 'running', 'shared-vendor');
    expect(refused.to).toBe('olga');
    expect(refused.text).toContain('Only members of the workspace');
    s.fleet.setStatus('op-3', 'failed');
    await s.poll();
    await s.told({ kind: 'post', thread: null, says: ['op-3', '*failed*'] });
    expect((await s.page('/readyz')).status).toBe(200);
  });

  story('Slack takes the connection away: the bot is back by itself', async (s) => {
    await startOverSocket(s);
    s.log.expect(/WebSocket error/);
    const connections = () => s.log.lines.filter(({ msg }) => msg === 'socket connected').length;
    for (const takeAway of [
      () => s.workspace.disconnectSockets('refresh_requested'),
      () => s.workspace.disconnectSockets('warning'),
      () => s.workspace.dropSockets(),
    ]) {
      const before = connections();
      // It held for a while, as connections do.
      s.clock.advance(3_600_000);
      takeAway();
      await s.log.until(() => connections() > before, 'that the socket is connected again');
      await s.workspace.until((seen) => seen.socketCount === 1, { what: 'one socket' });
      expect((await s.people.ask('ana', 'help')).to).toBe('ana');
    }
  });

  story('Slack opens no connection: not ready, with the reason, and tried again', async (s) => {
    const failing = { method: 'apps.connections.open', kind: 'error', error: 'internal_error' } as const;
    s.workspace.fault({ ...failing, times: Infinity });
    const { appToken } = s.workspace;
    await s.startAnyhow({ SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: '' });
    s.log.expect(/Failed to retrieve a new WSS URL/);
    await s.poll();
    const { status, body } = await s.page('/readyz');
    expect(status).toBe(503);
    expect(body).toContain('the socket to Slack is not connected. SLACK_APP_TOKEN: Slack did not answer');
    expect((await s.page('/metrics')).body).toMatch(/^upgrades_socket_connected 0$/m);
    s.workspace.clearFaults();
    await s.workspace.until((seen) => seen.socketCount > 0, { what: 'a socket', timeoutMs: 10_000 });
    expect((await s.people.ask('ana', 'help')).to).toBe('ana');
    expect((await s.page('/readyz')).status).toBe(200);
    expect((await s.page('/metrics')).body).toMatch(/^upgrades_socket_connected 1$/m);
  });

  story('the app token is wrong: named with what to do, asked for every five minutes only', async (s) => {
    await s.startAnyhow({ SLACK_APP_TOKEN: 'xapp-1-of-somebody-else', SLACK_SIGNING_SECRET: '' });
    s.log.expect(/Failed to retrieve a new WSS URL/);
    s.log.expect(/SLACK_APP_TOKEN: Slack refuses it \(invalid_auth\)/);
    const line = await s.log.until(({ msg }) => msg.startsWith('socket down'), 'that the socket is down');
    expect(line).toMatchObject({ level: 'error', code: 'slack-token-refused', milliseconds: 300_000 });
    expect(line.advice).toMatch(/^Copy it again/);
    const { status, body } = await s.page('/readyz');
    expect(status).toBe(503);
    expect(body).toContain('SLACK_APP_TOKEN: Slack refuses it (invalid_auth)');
    const opened = () => s.workspace.apiCalls.filter(({ method }) => method === 'apps.connections.open');
    expect(opened()).toHaveLength(1);
    s.clock.advance(300_000);
    await s.workspace.until(() => opened().length === 2, { what: 'the second try' });
  });
});
