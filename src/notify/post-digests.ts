import type { Kysely } from 'kysely';
import { buildDigest, type Digest } from '../core/notification/digest.ts';
import { digestDue } from '../core/notification/digest-due.ts';
import type { PlannedNotification } from '../core/notification/planned-notification.ts';
import type { Subscription } from '../core/subscription/subscription.ts';
import type { Instant } from '../lib/instant.ts';
import { addDays, momentAt } from '../lib/wall-clock.ts';
import { readChangesBetween } from '../store/change/changes.ts';
import { inTransaction } from '../store/engine/in-transaction.ts';
import type { Schema } from '../store/engine/schema.ts';
import { writeOutbox } from '../store/notification/outbox.ts';
import { readAllHours, readDigestDay, writeDigestDay } from '../store/subscription/channel-hours.ts';
import { readSubscriptionsOf } from '../store/subscription/subscriptions.ts';
import { readActiveIds, readWatchedTasks } from '../store/task/tasks.ts';

/** Most changes a digest counts: more than a fleet of thousands of tasks has in a day. */
const MOST_CHANGES = 50_000;

interface DigestParts {
  readonly db: Kysely<Schema>;
  readonly now: () => Instant;
  readonly newId: () => string;
}

/**
 * Puts due digests into the outbox. Each is stored with its day in one transaction, so it is posted once. Returns
 * whether there were any.
 */
export async function postDigests({ db, now, newId }: DigestParts): Promise<boolean> {
  let posted = false;
  for (const [channel, { digestAt, zone }] of await readAllHours(db)) {
    if (digestAt === null) continue;
    const at = now();
    if (!digestDue(digestAt, zone, at, await readDigestDay(db, channel)).due) continue;
    const told = await inTransaction(db, async (tx) => {
      // Check again: another process may have posted it meanwhile.
      const { due, day } = digestDue(digestAt, zone, at, await readDigestDay(tx, channel));
      if (!due) return false;
      await writeDigestDay(tx, channel, day);
      const subscriptions = await readSubscriptionsOf(tx, channel);
      // Otherwise a closed channel would get days of stale digests when it reopens.
      const closed = subscriptions.some(({ suspendedReason }) => suspendedReason !== null);
      if (closed || subscriptions.length === 0) return false;
      // Covers one digest time to the next, however late it is posted, so nothing is counted twice or left out.
      const from = momentAt(addDays(day, -1), digestAt, zone);
      const to = momentAt(day, digestAt, zone);
      const digest = await digestOf(tx, subscriptions, { from, to });
      const notification: PlannedNotification = {
        id: newId(),
        channel,
        place: 'note',
        operationId: null,
        messageId: null,
        broadcast: false,
        happenedAt: at,
        noticedAt: at,
        content: { kind: 'digest', digest },
        hold: null,
      };
      await writeOutbox(tx, { messages: [], notifications: [notification], edits: [], decisions: [] });
      return true;
    });
    posted ||= told;
  }
  return posted;
}

async function digestOf(
  db: Kysely<Schema>,
  subscriptions: readonly Subscription[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<Digest> {
  const changes = await readChangesBetween(db, { from, to }, MOST_CHANGES);
  const ids = new Set([...(await readActiveIds(db)), ...changes.map(({ operationId }) => operationId)]);
  const tasks = await readWatchedTasks(db, [...ids]);
  return buildDigest({ from, to, changes, tasks, subscriptions });
}
