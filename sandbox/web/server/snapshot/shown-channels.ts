import type { Channel, Person } from '../../../workspace/directory.ts';
import type { ShownChannel } from '../../contract.ts';

/** emulate's own channels, which nobody seeded and in which the bot is not. */
const UNSEEDED = ['general', 'random'];

/** The conversations a person is in: a member of another workspace sees shared channels only. */
export function shownChannels(channels: readonly Channel[], me: Person): readonly ShownChannel[] {
  return channels
    .filter((channel) => sees(me, channel))
    .map((channel) => ({
      id: channel.id,
      name: channel.kind === 'im' ? 'upgrades' : channel.name,
      kind: kindOf(channel),
      botIsMember: channel.botIsMember,
      archived: channel.archived,
    }));
}

function sees(me: Person, channel: Channel): boolean {
  if (UNSEEDED.includes(channel.name)) return false;
  if (channel.kind === 'im') return channel.user === me.id;
  return !me.outsider || channel.externallyShared;
}

function kindOf({ kind, externallyShared }: Channel): ShownChannel['kind'] {
  if (kind === 'im') return 'direct';
  if (externallyShared) return 'shared';
  return kind === 'private' ? 'private' : 'channel';
}
