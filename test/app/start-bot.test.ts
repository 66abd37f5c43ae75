import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startSimulatedPlatform } from '../../sandbox/platform/index.ts';
import { startWorkspace } from '../../sandbox/workspace/start-workspace.ts';
import type { BotParts } from '../../src/app/common.ts';
import { ROLES, type Role } from '../../src/app/roles.ts';
import { startBot } from '../../src/app/start-bot.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { machineClock } from '../../src/lib/machine-clock.ts';
import { createLog } from '../../src/ops/log.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

/** A platform, a workspace, and a folder for the store; what a bot leaves behind there is seen. */
async function setUp() {
  const platform = await startSimulatedPlatform();
  toClose.push(() => platform.close());
  const workspace = await startWorkspace({});
  toClose.push(() => workspace.close());
  const folder = await mkdtemp(join(tmpdir(), 'upgrades-start-'));
  toClose.push(() => rm(folder, { recursive: true }));
  const file = join(folder, 'upgrades.db');
  let waits = 0;
  const counted = (clock: Clock): Clock => ({
    ...clock,
    async delay(milliseconds, signal) {
      waits += 1;
      await clock.delay(milliseconds, signal).finally(() => {
        waits -= 1;
      });
    },
  });
  const parts: BotParts = {
    log: createLog('silent'),
    clock: counted(machineClock({ keepsAlive: true })),
    schedules: counted(machineClock({ keepsAlive: false })),
    newId: randomUUID,
  };
  const openBefore = openHere();
  return {
    platform,
    workspace,
    folder,
    file,
    start(role: Role, more: Readonly<Record<string, string>> = {}) {
      const loaded = loadConfig({
        SLACK_BOT_TOKEN: workspace.botToken,
        SLACK_SIGNING_SECRET: workspace.signingSecret,
        SLACK_API_URL: workspace.apiUrl,
        PORT: '0',
        IOT_BASE_URL: platform.url,
        IOT_APP_ID: platform.appId,
        IOT_SECRET: platform.secret,
        ALERT_CHANNEL: workspace.channelInfo('iot-ops').id,
        DATABASE_URL: `sqlite:${file}`,
        ...more,
      });
      if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
      return startBot(loaded.config, role, parts);
    },
    /** The store can be opened, nobody waits, and sockets and timers are those of before. */
    async expectNothingLeft() {
      await (await openSqlite(file)).close();
      expect(waits).toBe(0);
      // The other side of a connection hears of its end a little later.
      const limit = Date.now() + 10_000;
      while (openedSince(openBefore).length > 0 && Date.now() < limit) await pause(5);
      expect(openedSince(openBefore)).toEqual([]);
    },
  };
}

/** What keeps this process alive, by kind. */
function openHere(): readonly string[] {
  return process
    .getActiveResourcesInfo()
    .filter((kind) => /socket|server|timeout/i.test(kind))
    .toSorted();
}

/** What is open beyond that; something of the test before may still have been closing then. */
function openedSince(before: readonly string[]): readonly string[] {
  const left = [...before];
  return openHere().filter((kind) => {
    const at = left.indexOf(kind);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

async function takePort(): Promise<{ readonly PORT: string }> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  toClose.push(() => server.close());
  const address = server.address();
  return { PORT: String(typeof address === 'object' ? address?.port : '') };
}

describe('a start that fails half-way leaves nothing open', () => {
  test.each(Object.keys(ROLES) as Role[])('its port is taken: %s', async (role) => {
    const taken = await takePort();
    const { start, expectNothingLeft } = await setUp();
    await expect(start(role, taken)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expectNothingLeft();
  });

  test('its port is taken while its socket is being opened', async () => {
    const taken = await takePort();
    const { start, workspace, expectNothingLeft } = await setUp();
    const socket = { ...taken, SLACK_APP_TOKEN: workspace.appToken };
    await expect(start('all', socket)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await workspace.until(({ socketCount }) => socketCount === 0, { what: 'the end of the socket' });
    await expectNothingLeft();
  });

  test('its certificates cannot be used, which shows once the store is open', async () => {
    const { start, folder, expectNothingLeft } = await setUp();
    const pem = join(folder, 'ca.pem');
    await writeFile(pem, 'these are my holiday pictures');
    const tls = { IOT_BASE_URL: 'https://127.0.0.1:8743', IOT_CA_FILE: pem };
    await expect(start('all', tls)).rejects.toMatchObject({ code: 'tls-unusable-files' });
    await expectNothingLeft();
  });

  test('its store is locked by another process', async () => {
    const { start, file, expectNothingLeft } = await setUp();
    const other = await openSqlite(file);
    await expect(start('all')).rejects.toMatchObject({ code: 'store-locked' });
    await other.close();
    await expectNothingLeft();
  });
});

describe('a bot that is stopped leaves nothing open', () => {
  test.each(Object.keys(ROLES) as Role[])('%s', async (role) => {
    const { start, expectNothingLeft } = await setUp();
    const bot = await start(role);
    await bot.pollNow();
    await bot.stop();
    expect(bot.stopping()).toEqual([]);
    await expectNothingLeft();
  });

  test('that Slack refused, and was about to be asked again', async () => {
    const { start, workspace, expectNothingLeft } = await setUp();
    const bot = await start('all', {
      SLACK_BOT_TOKEN: 'xoxb-from-somewhere-else',
      SLACK_APP_TOKEN: 'xapp-from-somewhere-else',
    });
    await workspace.until(
      ({ apiCalls }) =>
        ['auth.test', 'apps.connections.open'].every((wanted) =>
          apiCalls.some(({ method, ok }) => method === wanted && !ok),
        ),
      { what: 'that Slack refused both tokens' },
    );
    await bot.stop();
    await expectNothingLeft();
  });
});
