import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { type AccessRules, maySubscribe } from '../core/access/access.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readNotifiedChannels } from '../store/subscription/sharing.ts';
import { readSubscriptions } from '../store/subscription/subscriptions.ts';

/**
 * Warns about channels that still get notifications, or may be read by other organisations, although the
 * settings now forbid it: they subscribed before the change. They stay subscribed, because a missed alert is
 * an incident; the bot's operator decides.
 */
export async function nameLeftOutChannels(
  db: Kysely<Schema>,
  access: AccessRules,
  log: Logger,
): Promise<void> {
  const channels = (await readNotifiedChannels(db)).filter((channel) => !maySubscribe(access, channel));
  if (channels.length > 0) {
    log.warn(
      { channels },
      'ALLOWED_CHANNELS leaves out channels that are told of tasks; allow them for a moment to unsubscribe them',
    );
  }
  if (access.external?.length !== 0) return;
  const external = (await readSubscriptions(db)).filter((subscription) => subscription.external);
  if (external.length === 0) return;
  log.warn(
    { channels: [...new Set(external.map(({ channel }) => channel))] },
    'ALLOWED_USERGROUPS_EXTERNAL is none, and channels have subscriptions with external:yes from before; unsubscribe these, or save them with external:no',
  );
}
