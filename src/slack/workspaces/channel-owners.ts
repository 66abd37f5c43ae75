import type { Kysely } from 'kysely';
import type { Home } from '../../core/access/access.ts';
import { learnChannelTeam, readChannelTeam, writeChannelTeam } from '../../store/access/channel-teams.ts';
import type { Schema } from '../../store/engine/schema.ts';
import { readSubscriptionsOf } from '../../store/subscription/subscriptions.ts';

/**
 * Which workspace owns a channel's subscriptions. A channel shared between several still has only one owner.
 */
export interface ChannelOwners {
  /** The workspace's id; null while it is unknown. */
  of(channel: string): Promise<string | null>;
  /** Whether this workspace may see and change a channel's subscriptions. If there are none, any may. */
  isOwn(channel: string, home: Home): Promise<boolean>;
  /** Makes this workspace the channel's owner. False if another one already has subscriptions there. */
  claim(channel: string, home: Home): Promise<boolean>;
  /** Records the owner of a channel that had none, when one of our messages is pressed there. */
  learn(channel: string, home: Home): Promise<void>;
}

/** With only the settings' token, every channel belongs to one workspace and nothing is stored. */
export const ONE_WORKSPACE: ChannelOwners = {
  of: async () => null,
  isOwn: async () => true,
  claim: async () => true,
  learn: async () => undefined,
};

/** Owners from the store; an unknown channel belongs to the default workspace. */
export function createChannelOwners(
  db: Kysely<Schema>,
  defaultTeam: () => string | null,
  isServed: (id: string) => Promise<boolean>,
): ChannelOwners {
  const of = async (channel: string) => (await readChannelTeam(db, channel)) ?? defaultTeam();
  return {
    of,
    isOwn: async (channel, home) =>
      (await of(channel)) === home.id || (await readSubscriptionsOf(db, channel)).length === 0,
    async claim(channel, home) {
      const owner = await of(channel);
      const taken =
        owner !== null &&
        owner !== home.id &&
        (await readSubscriptionsOf(db, channel)).length > 0 &&
        (await isServed(owner));
      if (!taken) await writeChannelTeam(db, channel, home.id);
      return !taken;
    },
    learn: (channel, home) => learnChannelTeam(db, channel, home.id),
  };
}
