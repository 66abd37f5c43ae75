import type { Kysely } from 'kysely';
import type { Home } from '../../core/access/access.ts';
import { learnChannelTeam, readChannelTeam, writeChannelTeam } from '../../store/access/channel-teams.ts';
import type { Schema } from '../../store/engine/schema.ts';
import { readSubscriptionsOf } from '../../store/subscription/subscriptions.ts';

/** Which workspace a channel is told for. A channel shared between several has one of them all the same. */
export interface ChannelOwners {
  /** The workspace's id; null while nobody can tell. */
  of(channel: string): Promise<string | null>;
  /** Whether this workspace may look at what a channel is told, and change it; where nothing is told everybody may. */
  isOwn(channel: string, home: Home): Promise<boolean>;
  /** Makes a channel this workspace's, for a subscription. False where another one is told there already. */
  claim(channel: string, home: Home): Promise<boolean>;
  /** Takes note of a channel nobody knew the workspace of, where a message of ours was pressed. */
  learn(channel: string, home: Home): Promise<void>;
}

/** With the token of the settings alone every channel is of one workspace, and nothing has to be kept. */
export const ONE_WORKSPACE: ChannelOwners = {
  of: async () => null,
  isOwn: async () => true,
  claim: async () => true,
  learn: async () => undefined,
};

/** Owners as the store knows them; a channel it does not know is the default workspace's. */
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
