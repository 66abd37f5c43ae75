import { readSlackFailure } from './slack-failure.ts';

/** Why Slack gave no usable answer to a call, in words for whoever runs the bot. */
export interface SlackProblem {
  /** Stable, in kebab-case, for the log. */
  readonly code: 'slack-token-refused' | 'slack-scope-missing' | 'slack-rate-limited' | 'slack-unreachable';
  readonly problem: string;
  readonly advice: string;
}

/** Slack's words for a token that is none, and what they mean. All others mean that Slack was not reached or not well. */
const TOKEN_WORDS: ReadonlyMap<string, string> = new Map([
  ['invalid_auth', 'Copy it again from the app’s settings; reinstalling the app makes a new one.'],
  ['not_authed', 'Copy it again from the app’s settings.'],
  ['account_inactive', 'The app was uninstalled or its owner left. Install it again and copy the new token.'],
  ['token_revoked', 'The token was revoked. Install the app again and copy the new token.'],
  [
    'token_expired',
    'The app rotates its tokens and this one is over. Switch token rotation off, or copy a new one.',
  ],
  [
    'not_allowed_token_type',
    'This is another kind of token: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-.',
  ],
  ['team_disabled', 'The workspace was closed. Use the token of another one.'],
  ['user_removed_from_team', 'Whoever installed the app left. Install it again and copy the new token.'],
  ['org_login_required', 'The workspace moves to an organisation. Try again when that is over.'],
]);

/** The problem behind a failed call that was made with the token of this setting. */
export function slackProblem(setting: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN', error: unknown): SlackProblem {
  const { about, reason } = readSlackFailure(error);
  const advice = TOKEN_WORDS.get(reason);
  if (advice !== undefined) {
    return { code: 'slack-token-refused', problem: `${setting}: Slack refuses it (${reason}).`, advice };
  }
  if (reason === 'missing_scope' || reason === 'no_permission') {
    const scope = setting === 'SLACK_APP_TOKEN' ? ' (an app token needs connections:write)' : '';
    return {
      code: 'slack-scope-missing',
      problem: `${setting}: a scope is missing${scope}.`,
      advice: 'Add it in the app’s settings, install the app again, and copy the token again.',
    };
  }
  if (about === 'limit') {
    return {
      code: 'slack-rate-limited',
      problem: `${setting}: Slack takes no more calls for now (${reason}).`,
      advice: 'Wait a minute. If it lasts, another program uses the same app.',
    };
  }
  return {
    code: 'slack-unreachable',
    problem: `${setting}: Slack did not answer (${reason}).`,
    advice: 'Check the network and SLACK_API_URL.',
  };
}

/** Whether asking again soon is in vain: somebody has to change a setting first. */
export function needsAPerson({ code }: SlackProblem): boolean {
  return code === 'slack-token-refused' || code === 'slack-scope-missing';
}
