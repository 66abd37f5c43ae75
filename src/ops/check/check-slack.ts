import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Config } from '../../config/config.ts';
import { slackProblem } from '../../slack/out/slack-problem.ts';
import {
  type CountingFetch,
  connectSlack,
  createPostingClients,
  writingClientOptions,
} from '../../slack/out/web-clients.ts';
import { clockTrouble } from '../watch-clock.ts';
import { checkAlertChannel } from './check-alert-channel.ts';
import type { CheckLine } from './check-line.ts';
import type { SharedStore } from './check-store.ts';
import { checkBotToken, neededScopes } from './check-token.ts';
import { checkWorkspaces } from './check-workspaces.ts';

/** Checks the tokens and the alert channel; posts nothing. */
export async function checkSlack(
  config: Config,
  log: Logger,
  store: Pick<SharedStore, 'db'> | null,
): Promise<readonly CheckLine[]> {
  const clocks: number[] = [];
  const { fetch, close } = connectSlack(({ clockAhead }) => {
    if (clockAhead !== null) clocks.push(clockAhead);
  }, config.slack.proxy);
  const telling = createPostingClients(config.slack, log, fetch);
  const { botToken } = config.slack;
  const own = botToken === null ? null : telling(botToken);
  const scopes = neededScopes(config.access);
  const token = own === null ? [] : await checkBotToken(own, scopes);
  const workspaces = await checkWorkspaces(config, { store, telling, scopes, log });
  // With an invalid token every further call would fail the same way.
  const alerts = token.some(({ ok }) => !ok) ? null : (own ?? workspaces.first);
  const channel = alerts === null ? [] : await checkAlertChannel(alerts, config.watch.alertChannel);
  const app = await checkAppToken(config.slack, log, fetch);
  await close();
  const [ahead] = clocks;
  const trouble = ahead === undefined ? null : clockTrouble('slack', ahead);
  const clock = trouble === null ? [] : [{ ok: false, text: `clock: ${trouble.problem} ${trouble.advice}` }];
  return [...token, ...workspaces.lines, ...app, ...channel, ...clock];
}

async function checkAppToken(
  { appToken, apiUrl }: Config['slack'],
  log: Logger,
  fetch: CountingFetch,
): Promise<readonly CheckLine[]> {
  if (appToken === null) return [];
  const client = new WebClient(appToken, writingClientOptions(apiUrl, log, fetch));
  try {
    await client.apps.connections.open();
    return [{ ok: true, text: 'slack: the app token opens a socket' }];
  } catch (error) {
    const { problem, advice } = slackProblem('SLACK_APP_TOKEN', error);
    return [{ ok: false, text: `slack: ${problem} ${advice}` }];
  }
}
