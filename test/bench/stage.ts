import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SimulatedClock } from '../../sandbox/platform/clock.ts';
import {
  type Behaviour,
  type SimulatedPlatform,
  seedDemoFleet,
  startSimulatedPlatform,
} from '../../sandbox/platform/index.ts';
import { startWorkspace } from '../../sandbox/workspace/start-workspace.ts';
import type { Workspace } from '../../sandbox/workspace/workspace.ts';
import { startedByNpm } from '../start-line.ts';
import { type SlackSide, startSlackSide } from './ask-as-slack.ts';
import { type RunningProcess, type StartOptions, startProcess } from './start-process.ts';

const BOT = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const START = startedByNpm();
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
  readonly workspace: Workspace;
  /** A folder of its own, gone in the end. */
  readonly folder: string;
  /** The bot as it is in production, on an empty store unless `env` names another. */
  startBot(
    options?: StartOptions & { readonly env?: Readonly<Record<string, string>> },
  ): Promise<RunningProcess>;
  /** The least a Bolt app does; `answer`: it also asks the platform, with the bot's token, and responds. */
  startFloor(mode: 'acknowledge' | 'answer'): Promise<RunningProcess>;
  /** The bot's token: only the newest works, so everybody uses it. */
  authorization(): string;
  /** What a plain client waits for the platform's answer, in milliseconds. */
  askPlatform(): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface StageOptions {
  readonly behaviour?: Partial<Behaviour>;
  readonly clock?: SimulatedClock;
  /** Default: the 40 tasks of the demonstration. */
  readonly seed?: (platform: SimulatedPlatform) => void;
  readonly postRate?: 'off';
}

/** A platform and a workspace on this machine, and the programs that are compared. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const { behaviour, clock, seed = seedDemoFleet, postRate } = options;
  const platform = await startSimulatedPlatform({
    behaviour: { callsPerMinute: null, ...behaviour },
    ...(clock && { clock }),
  });
  seed(platform);
  const workspace = await startWorkspace(postRate ? { postRate } : {});
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
    workspace,
    folder,
    authorization,
    startBot({ env: more = {}, flags = [], ...how } = {}) {
      stores += 1;
      const env = {
        ...START.env,
        ...slackSettings,
        IOT_BASE_URL: platform.url,
        IOT_APP_ID: platform.appId,
        IOT_SECRET: platform.secret,
        IOT_CALLS_PER_MINUTE: CALLS_PER_MINUTE,
        POLL_SCHEDULE: NEVER,
        SWEEP_SCHEDULE: NEVER,
        DATABASE_URL: `sqlite:${join(folder, `${stores}.db`)}`,
        ...more,
      };
      return startProcess(BOT, env, { ...how, flags: [...START.flags, ...flags] });
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
    async [Symbol.asyncDispose]() {
      await Promise.all([workspace.close(), platform.close(), slack.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
