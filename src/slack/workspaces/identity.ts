import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Identity } from '../app/parts.ts';

const answer = z.object({
  team_id: z.string(),
  bot_id: z.string().optional(),
  user_id: z.string().optional(),
  enterprise_id: z.string().nullish(),
});

export interface IdentityKeeper {
  /** Asks Slack who we are, once; later calls return the same answer. Rejects as the client does. */
  find(): Promise<Identity>;
  /** What is known so far; null before Slack has answered. */
  known(): Identity | null;
}

/** Finds which workspace and bot our token belongs to. Concurrent callers share one request. */
export function createIdentityKeeper(client: WebClient): IdentityKeeper {
  let known: Identity | null = null;
  let asking: Promise<Identity> | null = null;
  const ask = async (): Promise<Identity> => {
    const read = answer.parse(await client.auth.test());
    known = {
      botId: read.bot_id,
      botUserId: read.user_id,
      teamId: read.team_id,
      organisation: read.enterprise_id ?? null,
    };
    return known;
  };
  return {
    known: () => known,
    async find() {
      if (known) return known;
      asking ??= ask().finally(() => {
        asking = null;
      });
      return await asking;
    },
  };
}
