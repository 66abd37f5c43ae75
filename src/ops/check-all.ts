import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { OperationalError } from '../core/operational-error.ts';
import { readSlackFailure } from '../notify/slack-failure.ts';
import { createPlatform } from '../platform/create-platform.ts';
import { createMemoryCallLedger } from '../platform/memory-call-ledger.ts';
import { boltLogger } from '../slack/bolt-logger.ts';
import { nameOfStore, openStore } from '../store/open-store.ts';
import { checkWorkspaces } from './check-workspaces.ts';

/** Scopes without which the bot cannot work. */
const NEEDED_SCOPES = ['commands', 'chat:write'];
/** Scopes without which a part of it cannot, and which part that is. */
const USEFUL_SCOPES: ReadonlyMap<string, string> = new Map([
  ['users:read', 'dates without a zone are read as UTC'],
  ['app_mentions:read', 'mentions are not answered'],
  ['im:history', 'direct messages are not answered'],
  ['channels:history', 'a notice whose answer was lost may be repeated in public channels'],
  ['groups:history', 'a notice whose answer was lost may be repeated in private channels'],
  ['files:write', 'long lists of failed devices are not attached as a file'],
]);

export interface CheckLine {
  readonly ok: boolean;
  readonly text: string;
}

/** Tries everything the program depends on, once, and says how each did; nothing is posted and no task is recorded. */
export async function checkAll(config: Config, log: Logger): Promise<readonly CheckLine[]> {
  return [
    { ok: true, text: 'settings: complete' },
    await checkPlatform(config),
    ...(await checkSlack(config, log)),
    ...(await checkWorkspaces(config, log, checkToken)),
    await checkStore(config),
  ];
}

async function checkPlatform({ platform: settings }: Config): Promise<CheckLine> {
  const now = Date.now;
  const ledger = createMemoryCallLedger({ now, callsPerMinute: settings.callsPerMinute });
  try {
    const platform = createPlatform(settings, { ledger, now });
    try {
      await platform.checkLogin();
      await platform.listTasks({ pageNo: 0, pageSize: 1 }, { priority: 'interactive' });
    } finally {
      await platform.close();
    }
    return { ok: true, text: `platform: logged in at ${settings.baseUrl} and read the task list` };
  } catch (error) {
    return failed('platform', error);
  }
}

async function checkSlack({ slack }: Config, log: Logger): Promise<readonly CheckLine[]> {
  const options = {
    slackApiUrl: slack.apiUrl,
    logger: boltLogger(log),
    retryConfig: { retries: 0 },
    timeout: 5_000,
  };
  const lines: CheckLine[] = [];
  if (slack.botToken !== null) lines.push(...(await checkToken(new WebClient(slack.botToken, options), OWN)));
  if (slack.appToken !== null) {
    try {
      await new WebClient(slack.appToken, options).apps.connections.open();
      lines.push({ ok: true, text: 'slack: the app token opens a socket' });
    } catch (error) {
      lines.push(slackFailed('SLACK_APP_TOKEN', error));
    }
  }
  return lines;
}

const OWN = 'SLACK_BOT_TOKEN';

/** Whether a token is valid and what it may do. */
async function checkToken(client: WebClient, whose: string): Promise<readonly CheckLine[]> {
  const about = whose === OWN ? 'slack:' : `slack: ${whose}:`;
  try {
    const answer = await client.auth.test();
    const scopes = answer.response_metadata?.scopes ?? [];
    // Slack names the scopes in a header; a server that does not is no reason to complain.
    const missing = (scope: string) => scopes.length > 0 && !scopes.includes(scope);
    const needed = NEEDED_SCOPES.filter(missing);
    const valid =
      needed.length === 0
        ? { ok: true, text: `${about} the bot token is valid for ${answer.team ?? 'the workspace'}` }
        : {
            ok: false,
            text: `${about} scopes are missing: ${needed.join(', ')}. Add them and install the app again.`,
          };
    const useful = [...USEFUL_SCOPES].flatMap(([scope, loss]) =>
      missing(scope) ? [{ ok: true, text: `${about} without the scope ${scope} ${loss}` }] : [],
    );
    return [valid, ...useful];
  } catch (error) {
    return [slackFailed(whose, error)];
  }
}

function slackFailed(name: string, error: unknown): CheckLine {
  const { about, reason } = readSlackFailure(error);
  const advice =
    about === 'token'
      ? `Slack refuses it (${reason}). ${name.startsWith('workspace ') ? 'Install the app there again, at /slack/install.' : 'Copy it again from the app’s settings.'}`
      : `Slack did not answer (${reason}). Check the network and SLACK_API_URL.`;
  return { ok: false, text: `slack: ${name}: ${advice}` };
}

async function checkStore({ store }: Config): Promise<CheckLine> {
  const name = nameOfStore(store);
  try {
    await (await openStore(store)).close();
    return { ok: true, text: `store: ${name} can be written` };
  } catch (error) {
    if (error instanceof OperationalError && error.code === 'store-locked') {
      return { ok: true, text: `store: ${name} is in use by a running bot` };
    }
    return failed('store', error);
  }
}

function failed(part: string, error: unknown): CheckLine {
  if (error instanceof OperationalError)
    return { ok: false, text: `${part}: ${error.message} ${error.advice}` };
  return { ok: false, text: `${part}: ${error instanceof Error ? error.message : String(error)}` };
}
