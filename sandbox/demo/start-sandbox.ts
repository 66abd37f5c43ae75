import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SimulatedPlatform, seedDemoFleet, startSimulatedPlatform } from '../platform/index.ts';
import { startWorkspace } from '../workspace/start-workspace.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { freePort } from './free-port.ts';
import { type BotKeeper, keepBot } from './keep-bot.ts';

/** A cycle every second while the fleet's time flies: more calls than the usual hundred a minute. */
const CALLS_PER_MINUTE = 1_000;

/** Everything the demo needs, running on this machine: platform, workspace, and the bot in a process of its own. */
export interface Sandbox {
  readonly platform: SimulatedPlatform;
  readonly workspace: Workspace;
  readonly bot: BotKeeper;
  readonly botUrl: string;
  /** Everything is stopped and removed; the bot with SIGTERM, as a host would. */
  stop(): Promise<void>;
}

export interface SandboxOptions {
  /**
   * When a task counts as stalled, in the bot's own time, which is the real one: what is six hours of the fleet at a given
   * speed.
   */
  readonly stalledAfter: string;
}

/** Starts a seeded platform, a workspace and the bot as it is in production, all on loopback. The fleet's clock stands. */
export async function startSandbox({ stalledAfter }: SandboxOptions): Promise<Sandbox> {
  const platform = await startSimulatedPlatform({ behaviour: { callsPerMinute: CALLS_PER_MINUTE } });
  seedDemoFleet(platform);
  const workspace = await startWorkspace();
  const folder = await mkdtemp(join(tmpdir(), 'upgrades-demo-'));
  const port = await freePort();
  const botUrl = `http://127.0.0.1:${port}`;
  workspace.connectHttp(`${botUrl}/slack/events`);
  const environment = {
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
    STALLED_AFTER: stalledAfter,
    DATABASE_URL: `sqlite:${join(folder, 'upgrades.db')}`,
  };
  const bot = keepBot(environment, botUrl);
  const stop = async () => {
    await bot.stop();
    await Promise.all([workspace.close(), platform.close()]);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await bot.ready();
  } catch (error) {
    await stop();
    throw error;
  }
  return { platform, workspace, bot, botUrl, stop };
}
