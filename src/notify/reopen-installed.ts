import type { Kysely } from 'kysely';
import { APP_UNINSTALLED } from '../core/channel-refusals.ts';
import type { Schema } from '../store/schema.ts';
import { readSubscriptions } from '../store/subscriptions.ts';
import { resumeChannel } from '../store/suspension.ts';

/** Takes up the channels of a workspace that installed the app again; the process that installs it may be another one. */
export async function reopenInstalled(
  db: Kysely<Schema>,
  isServed: (channel: string) => Promise<boolean>,
): Promise<void> {
  const closed = (await readSubscriptions(db)).filter((one) => one.suspendedReason === APP_UNINSTALLED);
  for (const channel of new Set(closed.map(({ channel }) => channel))) {
    if (await isServed(channel)) await resumeChannel(db, channel);
  }
}
