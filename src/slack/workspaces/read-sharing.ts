import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

/**
 * Shared with another organisation by Slack Connect. `is_shared` is true of channels that workspaces of one Enterprise Grid
 * organisation share (`is_org_shared`) as well, where only colleagues read (docs.slack.dev, "Conversation object").
 */
const answer = z.object({ channel: z.object({ is_ext_shared: z.boolean().optional() }) });

/** Asks Slack whether other organisations read a channel (scopes `channels:read`, `groups:read`). Rejects as the client does. */
export async function readSharing(client: WebClient, channel: string): Promise<boolean> {
  const read = answer.parse(await client.conversations.info({ channel }));
  return read.channel.is_ext_shared ?? false;
}
