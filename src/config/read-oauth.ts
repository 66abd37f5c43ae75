import type { Oauth } from '../core/access/access.ts';

const WORKSPACE_ID = /^[TE][A-Z0-9]{2,30}$/;

/**
 * Settings for several workspaces; null if SLACK_CLIENT_ID is not set. Anybody who knows the bot's address could
 * install the app and read the whole fleet, so the allowed workspaces must be named.
 */
export function readOauth(
  env: Readonly<Record<string, string | undefined>>,
  problems: string[],
): Oauth | null {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = env;
  if (!clientId) {
    if (clientSecret)
      problems.push('SLACK_CLIENT_ID is missing: it is set together with SLACK_CLIENT_SECRET');
    return null;
  }
  if (!clientSecret) {
    problems.push(
      'SLACK_CLIENT_SECRET is missing: it stands beside SLACK_CLIENT_ID on the app’s Basic Information page',
    );
  }
  const allowed = (env.ALLOWED_WORKSPACES ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  const wrong = allowed.find((id) => !WORKSPACE_ID.test(id));
  if (allowed.length === 0) {
    problems.push(
      'ALLOWED_WORKSPACES is missing: with SLACK_CLIENT_ID anybody could install the app, so name the ids of the workspaces that may (`T…`, joined by commas)',
    );
  } else if (wrong !== undefined) {
    problems.push(
      'ALLOWED_WORKSPACES must be ids of workspaces (`T…`) or organisations (`E…`), joined by commas; Slack shows them in the address of its web page',
    );
  }
  return clientSecret && allowed.length > 0 && wrong === undefined
    ? { clientId, clientSecret, allowedWorkspaces: allowed }
    : null;
}
