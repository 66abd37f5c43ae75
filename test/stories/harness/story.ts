import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerOptions } from 'node:https';
import { join } from 'node:path';
import { test } from '@jest/globals';
import {
  type Behaviour,
  type Fleet,
  type SimulatedPlatform,
  startSimulatedPlatform,
} from '../../../sandbox/platform/index.ts';
import type { WorkspaceOptions } from '../../../sandbox/workspace/options.ts';
import { startWorkspace } from '../../../sandbox/workspace/start-workspace.ts';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';
import type { Role } from '../../../src/app/roles.ts';
import type { Bot } from '../../../src/app/start-bot.ts';
import type { CycleOutcome } from '../../../src/watch/watch-parts.ts';
import { MEMORY_DISK } from '../../store/memory-disk.ts';
import { createTestDatabase, onPostgres, type TestDatabase } from '../../store/test-database.ts';
import { type BotProcess, portOf, runMain } from './bot-process.ts';
import { Claims, type Expected, type Seen } from './claims.ts';
import { complaintsOf } from './complaints.ts';
import { environmentOf } from './environment.ts';
import { LogWatch } from './log-watch.ts';
import { People } from './people.ts';
import { type Environment, startBotHere } from './running-bot.ts';
import { createStoryClock, SPEED, type StoryClock } from './story-clock.ts';

export interface StorySettings {
  readonly env?: Environment;
  readonly behaviour?: Partial<Behaviour>;
  /** What the bot's token may do; default what the manifest asks for. */
  readonly scopes?: readonly string[];
  /** Whose people they are; default one workspace of no organisation. */
  readonly workspace?: Pick<WorkspaceOptions, 'organisation' | 'people'>;
  /** Makes the platform serve HTTPS; asked when the story begins, since certificates are made by then. */
  readonly tls?: () => ServerOptions;
  /** Posts refused by Slack's rate are part of the story. */
  readonly rateLimited?: boolean;
}

/** Platform, workspace and bot, and what a story does with them. */
export class Story {
  readonly clock: StoryClock;
  readonly people: People;
  readonly claims: Claims;
  readonly logs: LogWatch[] = [];
  readonly platform: SimulatedPlatform;
  readonly workspace: Workspace;
  readonly folder: string;
  /** The store of a run on PostgreSQL. */
  readonly database: TestDatabase | null;
  readonly #settings: StorySettings;
  #bot: Bot | null = null;
  readonly #processes: BotProcess[] = [];

  private constructor(
    platform: SimulatedPlatform,
    workspace: Workspace,
    folder: string,
    database: TestDatabase | null,
    settings: StorySettings,
    clock: StoryClock,
  ) {
    this.clock = clock;
    this.platform = platform;
    this.workspace = workspace;
    this.folder = folder;
    this.database = database;
    this.#settings = settings;
    this.claims = new Claims(workspace);
    this.people = new People(workspace, this.claims);
  }

  /** `real`: the bot will be a process of its own, which lives in real time. */
  static async begin(settings: StorySettings, time: 'fast' | 'real'): Promise<Story> {
    const clock = createStoryClock();
    if (time === 'real') clock.fleet.follow({ speed: 1 });
    const platform = await startSimulatedPlatform({
      clock: clock.fleet,
      ...(time === 'fast' && { wallNow: clock.now }),
      behaviour: settings.behaviour ?? {},
      ...(settings.tls && { tls: settings.tls() }),
    });
    // The workspace lives in real time, since signatures do; its rate of posts keeps pace with the story's clock.
    const workspace = await startWorkspace({
      postRate: { perSecond: time === 'fast' ? SPEED : 1, burst: 1 },
      ...(settings.scopes && { scopes: settings.scopes }),
      ...settings.workspace,
    });
    const folder = await mkdtemp(join(MEMORY_DISK, 'upgrades-story-'));
    const database = onPostgres() ? await createTestDatabase() : null;
    return new Story(platform, workspace, folder, database, settings, clock);
  }

  get fleet(): Fleet {
    return this.platform.fleet;
  }

  get log(): LogWatch {
    const last = this.logs.at(-1);
    if (!last) throw new Error('no bot was started yet');
    return last;
  }

  get isRunning(): boolean {
    return this.#bot !== null;
  }

  get bot(): Bot {
    if (!this.#bot) throw new Error('no bot runs in this process');
    return this.#bot;
  }

  env(more: Environment = {}): Environment {
    return environmentOf(this, { ...this.#settings.env, ...more });
  }

  /** Starts the bot in this process; returns once its first look has ended, and with it the sweep. */
  async start(more: Environment = {}, role: Role = 'all'): Promise<Bot> {
    const bot = await this.startAnyhow(more, role);
    await bot.pollNow();
    if (role !== 'web') await this.log.until(({ msg }) => msg === 'sweep ended', 'that the sweep ended');
    return bot;
  }

  /** Starts the bot in this process and waits for nothing. */
  async startAnyhow(more: Environment = {}, role: Role = 'all'): Promise<Bot> {
    const log = new LogWatch();
    this.logs.push(log);
    this.#bot = await startBotHere(this.env(more), role, this.clock, log);
    this.workspace.connectHttp(`http://127.0.0.1:${this.#bot.port}/slack/events`);
    return this.#bot;
  }

  async stop(): Promise<void> {
    await this.#bot?.stop();
    this.#bot = null;
    // Stopping only asks for the end of a socket; cut before it comes, the client would wait for it half a minute.
    await this.workspace.until((seen) => seen.socketCount === 0, { what: 'the end of the socket' });
  }

  /** Stops the bot and starts it on the same store. */
  async restart(more: Environment = {}): Promise<void> {
    await this.stop();
    await this.start(more);
  }

  /** Runs the program as a process of its own, without waiting for anything. */
  run(more: Environment = {}, args: readonly string[] = ['all']): BotProcess {
    const bot = runMain(this.env(more), args);
    this.logs.push(bot.log);
    this.#processes.push(bot);
    return bot;
  }

  /** Runs the program as a process of its own and connects the workspace once it listens. */
  async runAndConnect(more: Environment = {}): Promise<BotProcess> {
    const bot = this.run(more);
    this.workspace.connectHttp(`http://127.0.0.1:${await portOf(bot)}/slack/events`);
    return bot;
  }

  /** One look at the platform, now. */
  async poll(): Promise<CycleOutcome> {
    const outcome = await this.bot.pollNow();
    if (!outcome) throw new Error('this bot does not poll');
    return outcome;
  }

  async told(expected: Expected, timeoutMs?: number): Promise<Seen> {
    return await this.claims.next(expected, timeoutMs);
  }

  async edited(root: Seen, says: Expected['says'], timeoutMs?: number): Promise<Seen> {
    return await this.claims.edit(root, says, timeoutMs);
  }

  /** A page of the bot in this process. */
  async page(path: string): Promise<{ readonly status: number; readonly body: string }> {
    const answer = await fetch(`http://127.0.0.1:${this.bot.port}${path}`);
    return { status: answer.status, body: await answer.text() };
  }

  /** Waits until the bot in this process has nothing left to say, and a little longer. */
  async silence(): Promise<void> {
    const nobody = new AbortController().signal;
    for (let tries = 0; tries < 200; tries += 1) {
      await this.clock.delay(2_600, nobody);
      const { body } = await this.page('/metrics');
      if (/^upgrades_notices_waiting 0$/m.test(body)) return;
    }
    throw new Error(`the outbox did not become empty\n${this.claims.dump()}`);
  }

  /** Everything a story must not leave behind. */
  async end(): Promise<void> {
    if (this.#bot) {
      this.clock.run();
      await this.silence();
      await this.stop();
    }
    for (const process of this.#processes) if (process.running()) process.kill('SIGTERM');
    await Promise.all(this.#processes.map(({ ended }) => ended));
    const complaints = complaintsOf(this, this.#settings.rateLimited ?? false);
    if (complaints.length > 0) throw new Error(`${this.workspace.describe()}\n\n${complaints.join('\n')}`);
  }

  async close(): Promise<void> {
    for (const process of this.#processes) if (process.running()) process.kill('SIGKILL');
    await Promise.all(this.#processes.map(({ ended }) => ended));
    this.platform.faults.clear();
    this.workspace.clearFaults();
    await this.stop();
    await Promise.all([this.workspace.close(), this.platform.close()]);
    await this.database?.drop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A test that reads as a story: it fails on everything the bot said, logged or sent that the story does not tell. */
export function story(
  name: string,
  tell: (story: Story) => Promise<void>,
  settings: StorySettings & { readonly time?: 'fast' | 'real' } = {},
): void {
  test(name, async () => {
    const story = await Story.begin(settings, settings.time ?? 'fast');
    try {
      await tell(story);
      await story.end();
    } finally {
      await story.close();
    }
  });
}
