import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Belonging } from '../../core/access/access.ts';
import type { Instant } from '../../lib/instant.ts';
import { createKeptAnswers } from '../../lib/kept-answers.ts';

/** In milliseconds; people seldom change workspaces. */
const KEEP = 5 * 60_000;

const id = z.string().min(1).nullish().catch(null);
const ids = z.array(z.string().min(1)).catch([]);
/**
 * In an Enterprise Grid organisation a user has `teams` and `enterprise_user`, often without `team_id`
 * (docs.slack.dev, "User object"; reported in looker/lookerbot, issue 184).
 */
const answer = z.object({
  user: z.object({
    team_id: id,
    teams: ids,
    enterprise_id: id,
    enterprise_user: z.object({ enterprise_id: id, teams: ids }).nullish().catch(null),
  }),
});

/** Finds which workspaces a user is a member of; rejects if Slack does not say. */
export type TeamsOfPerson = (client: WebClient, userId: string) => Promise<Belonging>;

/** Asks Slack (scope `users:read`) and caches the answers for some minutes. */
export function createTeamsOfPerson(now: () => Instant): TeamsOfPerson {
  const kept = createKeptAnswers<Belonging>(KEEP, now);
  return (client, userId) =>
    kept.get(userId, async () => readBelonging(await client.users.info({ user: userId })));
}

/** Reads a `users.info` response. Throws if it names neither a workspace nor an organisation. */
export function readBelonging(info: unknown): Belonging {
  const { team_id, teams, enterprise_id, enterprise_user } = answer.parse(info).user;
  const named = [team_id, ...teams, ...(enterprise_user?.teams ?? [])].filter((one) => one != null);
  // A workspace id is sometimes an organisation's instead (slackapi/slack-api-specs, issue 73).
  const [instead = null] = named.filter(isOrganisation);
  const organisation = enterprise_user?.enterprise_id ?? enterprise_id ?? instead;
  if (named.length === 0 && organisation === null) throw new Error('users.info names no workspace');
  return { teams: new Set(named.filter((one) => !isOrganisation(one))), organisation };
}

function isOrganisation(id: string): boolean {
  return id.startsWith('E');
}
