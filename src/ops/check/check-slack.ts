import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import { boltLogger } from '../../slack/bolt-logger.ts';
import { slackProblem } from '../../slack/slack-problem.ts';
import { createTellingClient } from '../../slack/web-clients.ts';
import { clockTrouble } from '../clock-trouble.ts';
import { checkAlertChannel } from './check-alert-channel.ts';
import type { CheckLine } from './check-line.ts';

/** Scopes without which the bot cannot work. */
const NEEDED_SCOPES = ['commands', 'chat:write'];
/** Scopes without which a part of it cannot, and which part that is. */
const USEFUL_SCOPES: ReadonlyMap<string, string> = new Map([
  ['users:read', 'direct messages and the home tab are refused, and dates without a zone are read as UTC'],
  ['channels:read', 'public channels shared with other organisations are told like any other'],
  ['groups:read', 'private channels shared with other organisations are told like any other'],
  ['app_mentions:read', 'mentions are not answered'],
  ['im:history', 'direct messages are not answered'],
  ['channels:history', 'a notice whose answer was lost may be repeated in public channels'],
  ['groups:history', 'a notice whose answer was lost may be repeated in private channels'],
  ['files:write', 'long lists of failed devices are not attached as a file'],
]);

/** Tries the tokens, and looks at the alert channel; nothing is posted. */
export async function checkSlack(config: Config, log: Logger): Promise<readonly CheckLine[]> {
  const clocks: number[] = [];
  const client = createTellingClient(config.slack, log, ({ clockAhead }) => {
    if (clockAhead !== null) clocks.push(clockAhead);
  });
  // Without it nobody could be let in.
  const byGroups = config.access.userGroups === null ? [] : ['usergroups:read'];
  const token = await checkBotToken(client, [...NEEDED_SCOPES, ...byGroups]);
  // Without a valid token every further question has the same answer.
  const channel = token.some(({ ok }) => !ok)
    ? []
    : await checkAlertChannel(client, config.watch.alertChannel);
  const app = await checkAppToken(config.slack, log);
  const [ahead] = clocks;
  const trouble = ahead === undefined ? null : clockTrouble('slack', ahead);
  const clock = trouble === null ? [] : [{ ok: false, text: `clock: ${trouble.problem} ${trouble.advice}` }];
  return [...token, ...app, ...channel, ...clock];
}

async function checkBotToken(
  client: WebClient,
  neededScopes: readonly string[],
): Promise<readonly CheckLine[]> {
  try {
    const answer = await client.auth.test();
    const scopes = answer.response_metadata?.scopes ?? [];
    // Slack names the scopes in a header; a server that does not is no reason to complain.
    const missing = (scope: string) => scopes.length > 0 && !scopes.includes(scope);
    const needed = neededScopes.filter(missing);
    const useful = [...USEFUL_SCOPES].filter(([scope]) => missing(scope));
    const lost = useful.map(([scope, loss]) => ({
      ok: true,
      text: `slack: without the scope ${scope} ${loss}`,
    }));
    if (needed.length > 0) {
      const text = `slack: scopes are missing: ${needed.join(', ')}. Add them and install the app again.`;
      return [{ ok: false, text }, ...lost];
    }
    return [
      { ok: true, text: `slack: the bot token is valid for ${answer.team ?? 'the workspace'}` },
      ...lost,
    ];
  } catch (error) {
    return [refused('SLACK_BOT_TOKEN', error)];
  }
}

async function checkAppToken(
  { appToken, apiUrl }: Config['slack'],
  log: Logger,
): Promise<readonly CheckLine[]> {
  if (appToken === null) return [];
  const client = new WebClient(appToken, {
    slackApiUrl: apiUrl,
    logger: boltLogger(log),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 5_000,
  });
  try {
    await client.apps.connections.open();
    return [{ ok: true, text: 'slack: the app token opens a socket' }];
  } catch (error) {
    return [refused('SLACK_APP_TOKEN', error)];
  }
}

function refused(setting: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN', error: unknown): CheckLine {
  const { problem, advice } = slackProblem(setting, error);
  return { ok: false, text: `slack: ${problem} ${advice}` };
}
