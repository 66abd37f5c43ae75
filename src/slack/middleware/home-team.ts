import type { AllMiddlewareArgs } from '@slack/bolt';
import type { Identity } from '../parts.ts';

/** The workspace whose members may use the bot, for one request of Slack's; null: nobody knows yet. */
export type HomeTeam = (args: AllMiddlewareArgs) => string | null;

/** The one workspace our token belongs to. */
export function homeTeamOf(identity: () => Identity | null): HomeTeam {
  return () => identity()?.teamId ?? null;
}
