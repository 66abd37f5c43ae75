import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { createKeptAnswers } from '../core/kept-answers.ts';
import type { Instant } from '../core/task.ts';

/** People seldom change their workspace. Milliseconds. */
const KEEP = 5 * 60_000;

const answer = z.object({ user: z.object({ team_id: z.string().min(1) }) });

/** Finds out which workspace a person belongs to; rejects where Slack does not say. */
export type TeamOfPerson = (client: WebClient, userId: string) => Promise<string>;

/** Asks Slack (scope `users:read`) and keeps the answers for some minutes. */
export function createTeamOfPerson(now: () => Instant): TeamOfPerson {
  const kept = createKeptAnswers<string>(KEEP, now);
  return (client, userId) =>
    kept.get(userId, async () => answer.parse(await client.users.info({ user: userId })).user.team_id);
}
