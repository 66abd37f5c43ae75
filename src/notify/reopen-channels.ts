import type { Kysely } from 'kysely';
import { APP_UNINSTALLED } from '../core/access/workspace-error.ts';
import type { Instant } from '../lib/instant.ts';
import type { Schema } from '../store/engine/schema.ts';
import { resumeUnlessShared } from '../store/subscription/sharing.ts';
import { isSuspendedFor } from '../store/subscription/subscriptions.ts';
import { readClosedChannels, resumeChannel } from '../store/subscription/suspension.ts';

/**
 * Reopens the channels of workspaces that installed the app again, possibly through another process. Returns whether
 * there were any.
 */
export async function reopenInstalled(
  db: Kysely<Schema>,
  isServed: (channel: string) => Promise<boolean>,
): Promise<boolean> {
  let reopened = false;
  for (const channel of await readClosedChannels(db, APP_UNINSTALLED)) {
    if (!(await isServed(channel))) continue;
    await resumeChannel(db, channel);
    reopened = true;
  }
  return reopened;
}

/** Milliseconds before a channel that Slack closed to us is tried again. */
const REST = 10 * 60_000;

/**
 * Reopens a closed channel after a while: somebody may have invited the bot or reopened the channel, and Slack does
 * not notify us. A channel shared with other organisations stays closed. Returns whether there is something to
 * deliver now.
 */
export async function retryClosedChannel(
  db: Kysely<Schema>,
  channel: string,
  now: Instant,
): Promise<boolean> {
  if (!(await isSuspendedFor(db, channel, REST, now))) return false;
  return await resumeUnlessShared(db, channel);
}
