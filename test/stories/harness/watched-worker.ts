import { type Call, openGate } from '../../crash/gate.ts';
import type { BotProcess } from './bot-process.ts';
import type { Environment } from './running-bot.ts';
import type { Story } from './story.ts';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** What a worker asked of one of the two systems, and when, in real milliseconds. */
export interface Asked {
  readonly at: number;
  readonly what: string;
}

/** A worker of its own process whose ways to both systems and to the database are watched, and can be cut. */
export interface WatchedWorker {
  readonly bot: BotProcess;
  readonly database: TcpProxy;
  /** Its calls to the platform, the first of each look being `FIRST_OF_A_LOOK`. */
  readonly reads: readonly Asked[];
  /** Its posts, edits and questions to Slack. */
  readonly slackCalls: readonly Asked[];
  /** Called before a call reaches its system; what it does happens before that. */
  onCall: ((what: string) => void) | null;
  close(): Promise<void>;
}

export const FIRST_OF_A_LOOK = 'processing';

/** Starts a worker that reaches everything through places where it is watched. */
export async function startWatchedWorker(
  story: Story,
  databaseUrl: string,
  env: Environment,
): Promise<WatchedWorker> {
  const reads: Asked[] = [];
  const slackCalls: Asked[] = [];
  const keeper = (into: Asked[], nameOf: (call: Call) => string) => ({
    before(call: Call) {
      const what = nameOf(call);
      into.push({ at: performance.now(), what });
      worker.onCall?.(what);
      return call;
    },
    after: (_call: Call, answer: Parameters<Parameters<typeof openGate>[1]['after']>[1]) => answer,
  });
  const platform = await openGate(
    story.platform.url,
    keeper(reads, ({ url }) => url.searchParams.get('operationStatus') ?? url.pathname),
  );
  const slack = await openGate(
    new URL(story.workspace.apiUrl).origin,
    keeper(slackCalls, ({ url }) => url.pathname.split('/').at(-1) ?? ''),
  );
  const database = await openTcpProxy(databaseUrl);
  const bot = story.run(
    {
      ...env,
      IOT_BASE_URL: platform.url,
      SLACK_API_URL: `${slack.url}/api/`,
      DATABASE_URL: database.through(databaseUrl),
    },
    ['worker'],
  );
  const worker: WatchedWorker = {
    ...{ bot, database, reads, slackCalls, onCall: null },
    async close() {
      if (bot.running()) bot.kill('SIGKILL');
      await bot.ended;
      await Promise.all([platform.close(), slack.close(), database.close()]);
    },
  };
  return worker;
}

/** When it began to look at the platform. */
export function looksOf({ reads }: WatchedWorker): readonly number[] {
  return reads.flatMap(({ at, what }) => (what === FIRST_OF_A_LOOK ? [at] : []));
}
