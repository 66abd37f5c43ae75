import { afterEach, describe, expect, test } from '@jest/globals';
import { startSimulatedPlatform } from '../sandbox/platform/index.ts';
import { startWorkspace } from '../sandbox/workspace/start-workspace.ts';
import { realParts, startBot } from '../src/app/start-bot.ts';
import { type Config, loadConfig } from '../src/config/config.ts';
import { checkAll } from '../src/ops/check-all.ts';
import { createLog } from '../src/ops/log.ts';
import { allScopes, neededScopes } from './manifest.ts';

const log = createLog('silent');
const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

async function settingUp(scopes: readonly string[]) {
  const platform = await startSimulatedPlatform();
  toClose.push(() => platform.close());
  const workspace = await startWorkspace({ scopes });
  toClose.push(() => workspace.close());
  const loaded = loadConfig({
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_SIGNING_SECRET: workspace.signingSecret,
    SLACK_API_URL: workspace.apiUrl,
    PORT: '0',
    IOT_BASE_URL: platform.url,
    IOT_APP_ID: platform.appId,
    IOT_SECRET: platform.secret,
    ALERT_CHANNEL: workspace.channelInfo('iot-ops').id,
    DATABASE_URL: 'sqlite::memory:',
  });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  return { platform, workspace, config: loaded.config };
}

async function running(config: Config) {
  const bot = await startBot(config, 'all', realParts(log));
  toClose.push(() => bot.stop());
  return { bot, eventsUrl: `http://127.0.0.1:${bot.port}/slack/events` };
}

/** A day of the bot: a date is asked for, a task fails, and Slack's answer to the notification is lost. */
async function aDayWith(scopes: readonly string[]) {
  const { platform, workspace, config } = await settingUp(scopes);
  const task = platform.fleet.addTask({ status: 'processing' });
  const { bot, eventsUrl } = await running(config);
  workspace.connectHttp(eventsUrl);
  await bot.pollNow();
  await workspace.until(() => workspace.channel('iot-ops').length === 1, { what: 'the baseline' });

  const asked = { user: 'wei', channel: 'iot-alerts', text: 'firmware since:2024-03-11' };
  expect(await workspace.command(asked)).toMatchObject({ status: 200 });
  await workspace.until(() => workspace.channel('iot-alerts').length === 1, { what: 'the answer' });

  workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
  platform.fleet.setStatus(task.operationId, 'failed');
  await bot.pollNow();
  await workspace.until(() => workspace.apiCalls.some(({ method }) => method === 'conversations.history'), {
    what: 'the look for the lost notice',
    timeoutMs: 10_000,
  });
  return {
    workspace,
    /** How often the failure stands in the channel. */
    told: () => workspace.channel('iot-ops').filter(({ text }) => text.includes(task.operationId)).length,
    refused: () => workspace.apiCalls.filter(({ error }) => error === 'missing_scope'),
  };
}

describe('with exactly the scopes of the manifest', () => {
  test('commands, dates, notifications and the look for a lost notification all work', async () => {
    const { workspace, told, refused } = await aDayWith(allScopes);
    expect(told()).toBe(1);
    expect(workspace.apiCalls).toContainEqual(expect.objectContaining({ method: 'users.info', ok: true }));
    expect(refused()).toEqual([]);
  });

  test('the check has nothing to say about scopes', async () => {
    const { config } = await settingUp(allScopes);
    const lines = (await checkAll(config, log)).map(({ text }) => text);
    expect(lines.filter((line) => line.startsWith('slack:'))).toEqual([expect.stringContaining('is valid')]);
  });
});

describe('when the optional scopes were declined', () => {
  test('all works but the look for a lost notification, which is posted once more', async () => {
    const { workspace, told, refused } = await aDayWith(neededScopes);
    await workspace.until(() => told() === 2, { what: 'the repeated notice', timeoutMs: 10_000 });
    expect(workspace.apiCalls).toContainEqual(expect.objectContaining({ method: 'users.info', ok: true }));
    expect(new Set(refused().map(({ method }) => method))).toEqual(new Set(['conversations.history']));
  });

  test('the check says which are missing and what that means', async () => {
    const { config } = await settingUp(neededScopes);
    const lines = await checkAll(config, log);
    for (const scope of ['channels:history', 'groups:history', 'files:write']) {
      expect(lines).toContainEqual({
        ok: true,
        text: expect.stringContaining(`without the scope ${scope} `),
      });
    }
  });
});

describe('where only members of user groups may use the bot', () => {
  test('the check fails without the scope that tells who they are', async () => {
    const { config } = await settingUp(allScopes);
    const access = { ...config.access, userGroups: ['S0ONCALL01'] };
    const lines = await checkAll({ ...config, access }, log);
    expect(lines).toContainEqual({ ok: false, text: expect.stringContaining('usergroups:read') });
  });

  test('and is content with it', async () => {
    const { config } = await settingUp([...allScopes, 'usergroups:read']);
    const access = { ...config.access, userGroups: ['S0ONCALL01'] };
    expect((await checkAll({ ...config, access }, log)).filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe('no scope is asked for in vain', () => {
  test.each(['channels:read', 'groups:read', 'users:read'])(
    'without %s the check says what is lost',
    async (scope) => {
      const { config } = await settingUp(allScopes.filter((one) => one !== scope));
      const lines = (await checkAll(config, log)).map(({ text }) => text);
      expect(lines).toContainEqual(expect.stringContaining(`without the scope ${scope} `));
    },
  );

  test.each(['commands', 'chat:write'])('without %s the check fails', async (scope) => {
    const { config } = await settingUp(allScopes.filter((one) => one !== scope));
    expect(await checkAll(config, log)).toContainEqual({ ok: false, text: expect.stringContaining(scope) });
  });

  test('without users:read the zone of the asker cannot be read', async () => {
    const { refused } = await aDayWith(allScopes.filter((one) => one !== 'users:read'));
    expect(refused().map(({ method }) => method)).toEqual(['users.info']);
  });
});
