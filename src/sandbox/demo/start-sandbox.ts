import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type SimulatedPlatform, seedDemoFleet, startSimulatedPlatform } from '../platform/index.ts';
import { startWorkspace } from '../workspace/start-workspace.ts';
import type { Workspace } from '../workspace/workspace.ts';

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url));
/** The bot starts within a second on an idle machine; this is only a safety net. */
const START_LIMIT = 20_000;
/** A cycle every second and a day a minute: more calls than the usual hundred a minute. */
const CALLS_PER_MINUTE = 1_000;

/** Everything the demo needs, running on this machine: platform, workspace, and the bot in a process of its own. */
export interface Sandbox {
  readonly platform: SimulatedPlatform;
  readonly workspace: Workspace;
  readonly botUrl: string;
  /** Everything is stopped and removed; the bot with SIGTERM, as a host would. */
  stop(): Promise<void>;
}

/** Starts a seeded platform, a workspace and the bot as it is in production, all on loopback. */
export async function startSandbox(): Promise<Sandbox> {
  const platform = await startSimulatedPlatform({ behaviour: { callsPerMinute: CALLS_PER_MINUTE } });
  seedDemoFleet(platform);
  const workspace = await startWorkspace();
  const folder = await mkdtemp(join(tmpdir(), 'upgrades-demo-'));
  const port = await freePort();
  const botUrl = `http://127.0.0.1:${port}`;
  workspace.connectHttp(`${botUrl}/slack/events`);
  const bot = spawn(process.execPath, [MAIN, 'all'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_SIGNING_SECRET: workspace.signingSecret,
      SLACK_API_URL: workspace.apiUrl,
      PORT: String(port),
      IOT_BASE_URL: platform.url,
      IOT_APP_ID: platform.appId,
      IOT_SECRET: platform.secret,
      IOT_CALLS_PER_MINUTE: String(CALLS_PER_MINUTE),
      ALERT_CHANNEL: workspace.channelInfo('iot-ops').id,
      POLL_SCHEDULE: '* * * * * *',
      // A day passes in a minute: six hours of standing still are fifteen seconds.
      STALLED_AFTER: '15s',
      DATABASE_URL: `sqlite:${join(folder, 'upgrades.db')}`,
    },
  });
  await untilReady(botUrl, bot);
  return {
    platform,
    workspace,
    botUrl,
    async stop() {
      if (bot.exitCode === null) {
        const ended = once(bot, 'exit');
        bot.kill('SIGTERM');
        await ended;
      }
      await Promise.all([workspace.close(), platform.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('No port is free on this machine.');
  return address.port;
}

async function untilReady(url: string, bot: ChildProcess): Promise<void> {
  const limit = Date.now() + START_LIMIT;
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    if (bot.exitCode !== null)
      throw new Error(`The bot ended with exit code ${bot.exitCode} while starting.`);
    if (Date.now() > limit) throw new Error(`The bot was not ready after ${START_LIMIT / 1_000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
