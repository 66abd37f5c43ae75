import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

/** `is_shared` would be true of channels shared inside one organisation as well. */
const answer = z.object({ channel: z.object({ is_ext_shared: z.boolean().optional() }) });

/** Asks Slack whether other organisations read a channel (scopes `channels:read`, `groups:read`). Rejects as the client does. */
export async function readSharing(client: WebClient, channel: string): Promise<boolean> {
  const read = answer.parse(await client.conversations.info({ channel }));
  return read.channel.is_ext_shared ?? false;
}
