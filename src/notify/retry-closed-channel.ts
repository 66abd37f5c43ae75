import type { Kysely } from 'kysely';
import type { Instant } from '../lib/instant.ts';
import type { Schema } from '../store/engine/schema.ts';
import { resumeUnlessShared } from '../store/subscription/sharing.ts';
import { isSuspendedFor } from '../store/subscription/subscriptions.ts';

/** How long a channel that Slack closed to us is left alone, in milliseconds. */
const REST = 10 * 60_000;

/**
 * Takes up a closed channel again after a while: somebody may have invited the bot or reopened the channel since, and
 * nothing tells us. One that others read is left closed. Returns whether there is something to deliver now.
 */
export async function retryClosedChannel(
  db: Kysely<Schema>,
  channel: string,
  now: Instant,
): Promise<boolean> {
  if (!(await isSuspendedFor(db, channel, REST, now))) return false;
  return await resumeUnlessShared(db, channel);
}
