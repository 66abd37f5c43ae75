import type { WebClient } from '@slack/web-api';
import { type AccessRules, asksForMembers } from '../../core/access/access.ts';
import { readSlackFailure } from '../../slack/out/slack-failure.ts';
import { slackProblem } from '../../slack/out/slack-problem.ts';
import type { CheckLine } from './check-line.ts';

/** Scopes the bot cannot work without. */
const NEEDED_SCOPES = ['commands', 'chat:write'];
/** Scopes that one feature depends on, and what is lost without them. */
const USEFUL_SCOPES: ReadonlyMap<string, string> = new Map([
  [
    'users:read',
    'mentions, direct messages and the home tab are refused, and dates without a zone are read as UTC',
  ],
  ['channels:read', 'public channels shared with other organisations are told like any other'],
  ['groups:read', 'private channels shared with other organisations are told like any other'],
  ['app_mentions:read', 'mentions are not answered'],
  ['im:history', 'direct messages are not answered'],
  ['channels:history', 'a notice whose answer was lost may be repeated in public channels'],
  ['groups:history', 'a notice whose answer was lost may be repeated in private channels'],
  ['files:write', 'long lists of failed devices are not attached as a file'],
]);

/** The scopes required with these settings. */
export function neededScopes(access: AccessRules): readonly string[] {
  // Without this scope no user group member could be let in.
  return asksForMembers(access) ? [...NEEDED_SCOPES, 'usergroups:read'] : NEEDED_SCOPES;
}

/** Checks SLACK_BOT_TOKEN. */
export async function checkBotToken(
  client: WebClient,
  scopes: readonly string[],
): Promise<readonly CheckLine[]> {
  try {
    return await checkToken(client, scopes, 'slack:');
  } catch (error) {
    const { problem, advice } = slackProblem('SLACK_BOT_TOKEN', error);
    return [{ ok: false, text: `slack: ${problem} ${advice}` }];
  }
}

/** Checks the token of a workspace that installed the app. */
export async function checkInstalledToken(
  client: WebClient,
  scopes: readonly string[],
  workspace: string,
): Promise<readonly CheckLine[]> {
  const about = `slack: ${workspace}:`;
  try {
    return await checkToken(client, scopes, about);
  } catch (error) {
    const failure = readSlackFailure(error);
    // The check renews nothing: a refresh token works only once, and a running bot may need it.
    if (failure.cure === 'renew') {
      return [{ ok: true, text: `${about} its token ran out; the bot renews it when it runs` }];
    }
    const advice =
      failure.about === 'token'
        ? `Slack refuses its token (${failure.reason}). Install the app there again, at /slack/install.`
        : `Slack did not answer (${failure.reason}). Check the network and SLACK_API_URL.`;
    return [{ ok: false, text: `${about} ${advice}` }];
  }
}

/** Rejects with the client's error. */
async function checkToken(
  client: WebClient,
  scopes: readonly string[],
  about: string,
): Promise<readonly CheckLine[]> {
  const answer = await client.auth.test();
  const granted = answer.response_metadata?.scopes ?? [];
  // Slack lists the scopes in a header. A server that omits it is not a problem worth reporting.
  const missing = (scope: string) => granted.length > 0 && !granted.includes(scope);
  const needed = scopes.filter(missing);
  const useful = [...USEFUL_SCOPES].filter(([scope]) => missing(scope));
  const lost = useful.map(([scope, loss]) => ({
    ok: true,
    text: `${about} without the scope ${scope} ${loss}`,
  }));
  if (needed.length > 0) {
    const text = `${about} scopes are missing: ${needed.join(', ')}. Add them and install the app again.`;
    return [{ ok: false, text }, ...lost];
  }
  return [
    { ok: true, text: `${about} the bot token is valid for ${answer.team ?? 'the workspace'}` },
    ...lost,
  ];
}
