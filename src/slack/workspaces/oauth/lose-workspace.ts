import type { WebClient } from '@slack/web-api';
import type { Kysely } from 'kysely';
import { APP_UNINSTALLED } from '../../../core/access/workspace-error.ts';
import type { Instant } from '../../../lib/instant.ts';
import type { Schema } from '../../../store/engine/schema.ts';
import { readSubscriptions } from '../../../store/subscription/subscriptions.ts';
import { suspendChannel } from '../../../store/subscription/suspension.ts';
import { readSlackFailure } from '../../out/slack-failure.ts';
import type { ChannelOwners } from '../channel-owners.ts';
import type { Installations } from './installation-store.ts';

export interface LoseParts {
  readonly db: Kysely<Schema>;
  readonly now: () => Instant;
  readonly installations: Installations;
  readonly owners: ChannelOwners;
  readonly telling: (token: string) => WebClient;
}

/** Slack's event: the whole app was removed, or tokens were revoked, possibly old ones. */
export type LossEvent = 'app_uninstalled' | 'tokens_revoked';

export type Loss =
  | 'lost'
  | 'none'
  /** The token still works: the event is about an older one, or arrived after a reinstallation. */
  | 'still-installed';

/**
 * Forgets a workspace's installation if the app was removed there, and holds its channels' notifications.
 * Events may be late, so we first ask Slack whether the token is dead. The installation is removed first: if
 * the process dies then, the first notification finds no installation and closes its channel itself.
 */
export async function loseWorkspace(parts: LoseParts, id: string, event: LossEvent): Promise<Loss> {
  const installation = await parts.installations.find(id);
  if (installation === null) return 'none';
  if (!(await isDead(parts.telling(installation.bot.token), event))) return 'still-installed';
  await forgetWorkspace(parts, id);
  return 'lost';
}

/** Removes an installation, and holds the notifications of its workspace's channels. */
export async function forgetWorkspace(
  { db, now, installations, owners }: Omit<LoseParts, 'telling'>,
  id: string,
): Promise<void> {
  await installations.remove(id);
  const open = (await readSubscriptions(db)).filter((one) => one.suspendedReason === null);
  for (const channel of new Set(open.map(({ channel }) => channel))) {
    if ((await owners.of(channel)) === id)
      await suspendChannel(db, channel, { at: now(), reason: APP_UNINSTALLED });
  }
}

async function isDead(client: WebClient, event: LossEvent): Promise<boolean> {
  try {
    await client.auth.test();
    return false;
  } catch (error) {
    if (readSlackFailure(error).cure === 'reinstall') return true;
    // No response, or an expired token: only an explicit uninstall event counts.
    return event === 'app_uninstalled';
  }
}
