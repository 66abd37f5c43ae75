import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Membership } from '../../core/access/access.ts';
import type { Instant } from '../../lib/instant.ts';
import { createKeptAnswers } from '../../lib/kept-answers.ts';
import { slackWord } from '../out/slack-failure.ts';

/** How long a user who left a group keeps access, in milliseconds. */
const KEEP = 5 * 60_000;

const answer = z.object({ users: z.array(z.string()) });

/** Whether a user is in one of these user groups. Never rejects: if Slack does not say, it is `unknown`. */
export type GroupMembership = (
  client: WebClient,
  groups: readonly string[],
  userId: string,
) => Promise<Membership>;

/** Asks Slack (scope `usergroups:read`) and caches the answers for some minutes. */
export function createGroupMembership(now: () => Instant, log: Logger): GroupMembership {
  const kept = createKeptAnswers<ReadonlySet<string>>(KEEP, now);
  const members = (client: WebClient, usergroup: string) =>
    kept.get(usergroup, async () => {
      const { users } = answer.parse(await client.usergroups.users.list({ usergroup }));
      return new Set(users);
    });
  return async (client, groups, userId) => {
    const looks = groups.map(async (group): Promise<Membership> => {
      try {
        return (await members(client, group)).has(userId) ? 'member' : 'stranger';
      } catch (error) {
        const reason = slackWord(error);
        log.warn({ group, reason }, 'the members of a user group are unknown');
        return 'unknown';
      }
    });
    const found = await Promise.all(looks);
    if (found.includes('member')) return 'member';
    return found.includes('unknown') ? 'unknown' : 'stranger';
  };
}
