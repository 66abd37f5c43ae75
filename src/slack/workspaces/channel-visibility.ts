import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Instant } from '../../lib/instant.ts';
import { createKeptAnswers, type KeptAnswers } from '../../lib/kept-answers.ts';
import { slackWord } from '../out/slack-failure.ts';

/** How long answers are cached, in milliseconds: a user who leaves a private channel soon stops seeing it. */
const KEEP = 5 * 60_000;
/** Members per call, and calls per channel; members beyond these 5,000 are treated as non-members. */
const PAGE = 1_000;
const PAGES = 5;

const information = z.object({
  channel: z.object({
    is_private: z.boolean().optional(),
    is_im: z.boolean().optional(),
    is_mpim: z.boolean().optional(),
  }),
});
const memberPage = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Who may see a channel's subscriptions. */
export interface ChannelVisibility {
  /** Whether a user may see a channel: it is public, or they are a member. False if Slack does not say. */
  maySee(client: WebClient, channel: string, userId: string): Promise<boolean>;
}

type Audience = 'everybody' | ReadonlySet<string>;

export function createChannelVisibility(now: () => Instant, log: Logger): ChannelVisibility {
  const kept: KeptAnswers<Audience> = createKeptAnswers(KEEP, now);
  return {
    async maySee(client, channel, userId) {
      try {
        const audience = await kept.get(channel, () => readAudience(client, channel));
        return audience === 'everybody' || audience.has(userId);
      } catch (error) {
        const reason = slackWord(error);
        log.debug({ channel, reason }, 'nobody can tell who may see the channel; it is hidden');
        return false;
      }
    },
  };
}

async function readAudience(client: WebClient, channel: string): Promise<Audience> {
  const { is_private, is_im, is_mpim } = information.parse(
    await client.conversations.info({ channel }),
  ).channel;
  if (is_private === false && is_im !== true && is_mpim !== true) return 'everybody';
  const members = new Set<string>();
  let cursor = '';
  for (let page = 0; page < PAGES; page += 1) {
    const read = memberPage.parse(
      await client.conversations.members({ channel, limit: PAGE, ...(cursor !== '' && { cursor }) }),
    );
    for (const member of read.members) members.add(member);
    cursor = read.response_metadata?.next_cursor ?? '';
    if (cursor === '') break;
  }
  return members;
}
