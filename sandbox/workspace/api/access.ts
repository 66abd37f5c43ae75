import type { Core } from '../core.ts';
import type { Channel } from '../directory.ts';

/** Why the bot may not write there (Slack's error), or null when it may. */
export function writeRefusal(channel: Channel | undefined, scopes: readonly string[]): string | null {
  if (!channel || channel.kind === 'im') return null;
  if (channel.kind === 'private' && !channel.botIsMember) return 'channel_not_found';
  if (channel.archived) return 'is_archived';
  if (!channel.botIsMember && !scopes.includes('chat:write.public')) return 'not_in_channel';
  return null;
}

/** Why the bot may not read there, or null. History is only for members; the facts of a public channel are for all. */
export function readRefusal(channel: Channel | undefined, method: string): string | null {
  if (!channel || channel.kind === 'im' || channel.botIsMember) return null;
  if (channel.kind === 'private') return 'channel_not_found';
  return method === 'conversations.info' ? null : 'not_in_channel';
}

/** The channel a call names, remembering direct messages the first time they are seen. */
export function channelSeen(core: Core, id: string, user: string): Channel | undefined {
  const known = core.directory.findChannel(id);
  if (known || !id.startsWith('D')) return known;
  const channel: Channel = {
    id,
    name: `dm-${core.directory.people.get(user)?.name ?? id}`,
    kind: 'im',
    externallyShared: false,
    botIsMember: true,
    archived: false,
    user,
  };
  core.directory.channels.set(id, channel);
  return channel;
}
