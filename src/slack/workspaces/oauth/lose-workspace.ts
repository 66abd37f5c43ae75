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

/** What Slack told: that the whole app is gone, or that tokens no longer hold, which may be old ones. */
export type LossEvent = 'app_uninstalled' | 'tokens_revoked';

export type Loss =
  | 'lost'
  | 'none'
  /** Its token still holds: the event is about an older one, or came after a new installation. */
  | 'still-installed';

/**
 * Forgets the installation of a workspace that uninstalled the app, and keeps back what its channels were to be told.
 * Events may be late, so that Slack is asked whether the token is dead before anything is thrown away. The installation
 * goes first: should the process die then, the first notification finds none and closes its channel itself.
 */
export async function loseWorkspace(parts: LoseParts, id: string, event: LossEvent): Promise<Loss> {
  const installation = await parts.installations.find(id);
  if (installation === null) return 'none';
  if (!(await isDead(parts.telling(installation.bot.token), event))) return 'still-installed';
  await forgetWorkspace(parts, id);
  return 'lost';
}

/** Removes an installation, and keeps back what the channels of its workspace were to be told. */
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
    // No answer, or an expired token: then only the plain word of Slack counts.
    return event === 'app_uninstalled';
  }
}
