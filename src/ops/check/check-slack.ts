import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import { boltLogger } from '../../slack/bolt-logger.ts';
import { slackProblem } from '../../slack/slack-problem.ts';
import { createTellingClients } from '../../slack/web-clients.ts';
import { clockTrouble } from '../clock-trouble.ts';
import { checkAlertChannel } from './check-alert-channel.ts';
import type { CheckLine } from './check-line.ts';
import type { SharedStore } from './check-store.ts';
import { checkBotToken, neededScopes } from './check-token.ts';
import { checkWorkspaces } from './check-workspaces.ts';

/** Tries the tokens, and looks at the alert channel; nothing is posted. */
export async function checkSlack(
  config: Config,
  log: Logger,
  store: Pick<SharedStore, 'db'> | null,
): Promise<readonly CheckLine[]> {
  const clocks: number[] = [];
  const telling = createTellingClients(config.slack, log, ({ clockAhead }) => {
    if (clockAhead !== null) clocks.push(clockAhead);
  });
  const { botToken } = config.slack;
  const own = botToken === null ? null : telling(botToken);
  const scopes = neededScopes(config.access.userGroups);
  const token = own === null ? [] : await checkBotToken(own, scopes);
  const workspaces = await checkWorkspaces(config, { store, telling, scopes, log });
  // Without a valid token every further question has the same answer.
  const alerts = token.some(({ ok }) => !ok) ? null : (own ?? workspaces.first);
  const channel = alerts === null ? [] : await checkAlertChannel(alerts, config.watch.alertChannel);
  const app = await checkAppToken(config.slack, log);
  const [ahead] = clocks;
  const trouble = ahead === undefined ? null : clockTrouble('slack', ahead);
  const clock = trouble === null ? [] : [{ ok: false, text: `clock: ${trouble.problem} ${trouble.advice}` }];
  return [...token, ...workspaces.lines, ...app, ...channel, ...clock];
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
    const { problem, advice } = slackProblem('SLACK_APP_TOKEN', error);
    return [{ ok: false, text: `slack: ${problem} ${advice}` }];
  }
}
