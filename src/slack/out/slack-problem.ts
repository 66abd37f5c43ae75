import { readSlackFailure } from './slack-failure.ts';
import { meaningOf } from './slack-words.ts';

/** Why Slack gave no usable response to a call, in words for the operator. */
export interface SlackProblem {
  /** Stable, kebab-case, for the log. */
  readonly code: 'slack-token-refused' | 'slack-scope-missing' | 'slack-rate-limited' | 'slack-unreachable';
  readonly problem: string;
  readonly advice: string;
}

/** The problem behind a failed call made with this setting's token. */
export function slackProblem(setting: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN', error: unknown): SlackProblem {
  const { about, cure, reason } = readSlackFailure(error);
  const { advice } = meaningOf(reason);
  if (cure === 'scope' && advice !== undefined) {
    const scope = setting === 'SLACK_APP_TOKEN' ? ' (an app token needs connections:write)' : '';
    return { code: 'slack-scope-missing', problem: `${setting}: a scope is missing${scope}.`, advice };
  }
  if (advice !== undefined) {
    return { code: 'slack-token-refused', problem: `${setting}: Slack refuses it (${reason}).`, advice };
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

/** Whether retrying soon is pointless because somebody has to change a setting first. */
export function needsAPerson({ code }: SlackProblem): boolean {
  return code === 'slack-token-refused' || code === 'slack-scope-missing';
}
