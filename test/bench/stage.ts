import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type SimulatedPlatform,
  seedDemoFleet,
  startSimulatedPlatform,
} from '../../src/sandbox/platform/index.ts';
import { startWorkspace } from '../../src/sandbox/workspace/start-workspace.ts';
import { type SlackSide, startSlackSide } from './ask-as-slack.ts';
import { type RunningProcess, startProcess } from './start-process.ts';

const BOT = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const FLOOR = fileURLToPath(new URL('./floor.ts', import.meta.url));
/** Far beyond what is asked, so that no question waits for the budget. */
const CALLS_PER_MINUTE = '100000';
/** Polls and sweeps after the first would fall into the measuring; once a year they do not. */
const NEVER = '0 0 1 1 *';

/** The list that is asked for, and what the floor asks the platform instead. */
export const QUESTION = 'failed';
const LIST = '/iodm/northbound/v1.5.0/operations?status=failed&pageNo=0&pageSize=10';

export interface Stage {
  readonly platform: SimulatedPlatform;
  readonly slack: SlackSide;
  /** The bot as it is in production, on an empty store. */
  startBot(...flags: readonly string[]): Promise<RunningProcess>;
  /** The least a Bolt app does; `answer`: it also asks the platform, with the bot's token, and responds. */
  startFloor(mode: 'acknowledge' | 'answer'): Promise<RunningProcess>;
  /** What a plain client waits for the platform's answer, in milliseconds. */
  askPlatform(): Promise<number>;
  close(): Promise<void>;
}

/** A platform with 40 tasks and a workspace on this machine, and the programs that are compared. */
export async function openStage(): Promise<Stage> {
  const platform = await startSimulatedPlatform({ behaviour: { callsPerMinute: Number(CALLS_PER_MINUTE) } });
  seedDemoFleet(platform);
  const workspace = await startWorkspace();
  const slack = await startSlackSide(workspace);
  const folder = await mkdtemp(join(tmpdir(), 'upgrades-bench-'));
  let stores = 0;
  const slackSettings = {
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_SIGNING_SECRET: workspace.signingSecret,
    SLACK_API_URL: workspace.apiUrl,
  };
  const listUrl = `${platform.url}${LIST}`;
  /** Only the newest token works, so everybody uses the bot's. */
  const authorization = () => platform.callsOf('listTasks').at(-1)?.headers.authorization ?? '';
  return {
    platform,
    slack,
    startBot(...flags) {
      stores += 1;
      const env = {
        ...slackSettings,
        IOT_BASE_URL: platform.url,
        IOT_APP_ID: platform.appId,
        IOT_SECRET: platform.secret,
        IOT_CALLS_PER_MINUTE: CALLS_PER_MINUTE,
        POLL_SCHEDULE: NEVER,
        SWEEP_SCHEDULE: NEVER,
        DATABASE_URL: `sqlite:${join(folder, `${stores}.db`)}`,
      };
      return startProcess(BOT, env, ...flags);
    },
    startFloor: (mode) =>
      startProcess(FLOOR, {
        ...slackSettings,
        MODE: mode,
        PLATFORM_URL: listUrl,
        PLATFORM_APP_ID: platform.appId,
        PLATFORM_AUTHORIZATION: authorization(),
      }),
    async askPlatform() {
      const headers = { app_key: platform.appId, authorization: authorization() };
      const begun = performance.now();
      const answer = await fetch(listUrl, { headers });
      await answer.text();
      if (!answer.ok) throw new Error(`the platform answered ${answer.status}`);
      return performance.now() - begun;
    },
    async close() {
      await Promise.all([workspace.close(), platform.close(), slack.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
