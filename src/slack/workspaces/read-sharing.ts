import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

/**
 * Shared with another organisation through Slack Connect. `is_shared` is also true of channels shared within
 * one Enterprise Grid organisation (`is_org_shared`), which only colleagues read (docs.slack.dev,
 * "Conversation object").
 */
const answer = z.object({ channel: z.object({ is_ext_shared: z.boolean().optional() }) });

/**
 * Whether other organisations read a channel (scopes `channels:read`, `groups:read`). Rejects like `client`.
 */
export async function readSharing(client: WebClient, channel: string): Promise<boolean> {
  const read = answer.parse(await client.conversations.info({ channel }));
  return read.channel.is_ext_shared ?? false;
}
