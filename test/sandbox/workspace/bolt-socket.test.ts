import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { startWorkspace } from '../../../sandbox/workspace/start-workspace.ts';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';
import { startSocketBot, type TestBot } from './test-bot.ts';

let workspace: Workspace;
let bot: TestBot | undefined;

beforeEach(async () => {
  workspace = await startWorkspace({ postRate: 'off', ackTimeoutMs: 500 });
});

afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await workspace.close();
});

const answering = () =>
  startSocketBot(workspace, (app) => {
    app.command('/upgrades', async ({ ack, command }) => ack(`asked: ${command.text}`));
    app.command('/silent', async () => {});
    app.event('app_mention', async ({ event, say }) => {
      await say({ text: 'seen', thread_ts: event.ts });
    });
  });

describe('Socket Mode', () => {
  test('commands, their answers and events go through the socket', async () => {
    bot = await answering();
    expect(workspace.socketCount).toBe(1);
    expect(await workspace.command({ user: 'ana', channel: 'iot-ops', text: 'failed' })).toMatchObject({
      status: 200,
    });
    expect(workspace.ephemerals('ana').map((one) => one.text)).toEqual(['asked: failed']);
    await workspace.mention({ user: 'ana', channel: 'iot-ops', text: 'failed' });
    await workspace.until((seen) => seen.channel('iot-ops')[0]?.replies[0]?.text === 'seen');
  });

  test('an envelope that is not acknowledged times out', async () => {
    bot = await answering();
    const answer = await workspace.command({ user: 'ana', channel: 'iot-ops', command: '/silent' });
    expect(answer).toMatchObject({ status: 0, error: 'operation_timeout' });
  });

  test.each([
    ['asked to go', () => workspace.disconnectSockets()],
    ['cut off', () => workspace.dropSockets()],
  ])('a bot that is %s comes back through a new address', async (_how, part) => {
    bot = await answering();
    part();
    await workspace.until((seen) => seen.socketCount === 0);
    await workspace.until((seen) => seen.socketCount === 1);
    expect(workspace.apiCalls.filter((one) => one.method === 'apps.connections.open')).toHaveLength(2);
    await workspace.command({ user: 'ana', channel: 'iot-ops', text: 'again' });
    expect(workspace.ephemerals('ana')).toHaveLength(1);
  });

  test('only the app token opens connections', async () => {
    const options = { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } };
    const withBotToken = new WebClient(workspace.botToken, options);
    const refused = { data: { error: 'not_allowed_token_type' } };
    await expect(withBotToken.apps.connections.open()).rejects.toMatchObject(refused);
    const withAppToken = new WebClient(workspace.appToken, options);
    expect((await withAppToken.apps.connections.open()).url).toMatch(/^ws:\/\/127\.0\.0\.1:/);
  });
});
