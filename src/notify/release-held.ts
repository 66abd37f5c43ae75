import type { Kysely } from 'kysely';
import { gatherMuted, gatherNotifications } from '../core/notification/gather-notifications.ts';
import { isQuiet } from '../core/notification/quiet-hours.ts';
import type { Instant } from '../lib/instant.ts';
import { inTransaction } from '../store/engine/in-transaction.ts';
import type { NotificationRow } from '../store/engine/outbox-schema.ts';
import type { Schema } from '../store/engine/schema.ts';
import {
  holdByMute,
  holdByQuiet,
  holdWaiting,
  plannedNotificationOf,
  readHoldingChannels,
  readKeptBack,
  releaseGathered,
} from '../store/notification/held-notifications.ts';
import { takeMutesOver } from '../store/notification/mutes.ts';
import { readThreads, wantEdits } from '../store/notification/outbox.ts';
import { readAllHours, readHours } from '../store/subscription/channel-hours.ts';
import { readSubscriptionsOf } from '../store/subscription/subscriptions.ts';

interface ReleaseParts {
  readonly db: Kysely<Schema>;
  readonly now: () => Instant;
  readonly newId: () => string;
}

/**
 * Holds pending notifications once a channel's quiet hours begin. Otherwise a queue that Slack's rate limit let grow
 * would go on far into the night. Quiet hours have minute resolution, so this runs at least every minute.
 */
export async function holdForQuiet({ db, now }: Omit<ReleaseParts, 'newId'>): Promise<void> {
  for (const [channel, { quiet, zone }] of await readAllHours(db)) {
    if (isQuiet(quiet, zone, now())) await inTransaction(db, (tx) => holdWaiting(tx, channel));
  }
}

/**
 * Makes held notifications due once nothing holds them: after quiet hours, or when a closed channel reopens, in one
 * summary; after a mute, in one reply in the task's thread. One transaction per channel, so a crash releases all of
 * it or nothing. Returns whether there is something to deliver now.
 */
export async function releaseHeld(parts: ReleaseParts): Promise<boolean> {
  const { db, now } = parts;
  let due = await endMutesOver(db, now());
  for (const channel of await readHoldingChannels(db)) {
    const released = await inTransaction(db, async (tx) => {
      const kept = await readKeptBack(tx, channel);
      if (await isClosed(tx, channel, kept)) return false;
      const [muted, rows] = [
        kept.filter((row) => isMuted(row, now())),
        kept.filter((row) => !isMuted(row, now())),
      ];
      await holdByMute(tx, muted);
      if (rows.length === 0) return false;
      const { quiet, zone } = await readHours(tx, channel);
      const again = isQuiet(quiet, zone, now());
      if (again) await holdByQuiet(tx, rows);
      else await release(tx, channel, rows, parts);
      return !again;
    });
    due ||= released;
  }
  return due;
}

/**
 * Whether a channel is known to refuse our posts. Without subscriptions only its suspended notifications show that,
 * and retrying them would be refused every time.
 */
async function isClosed(
  db: Kysely<Schema>,
  channel: string,
  kept: readonly NotificationRow[],
): Promise<boolean> {
  const subscriptions = await readSubscriptionsOf(db, channel);
  if (subscriptions.length === 0) return kept.some(({ state }) => state === 'suspended');
  return subscriptions.some(({ suspendedReason }) => suspendedReason !== null);
}

/** Ends expired mutes and queues edits of the roots that still show them. */
async function endMutesOver(db: Kysely<Schema>, now: Instant): Promise<boolean> {
  return await inTransaction(db, async (tx) => {
    const over = await takeMutesOver(tx, now);
    if (over.length === 0) return false;
    const threads = await readThreads(
      tx,
      over.map(({ operationId }) => operationId),
    );
    await wantEdits(
      tx,
      over.flatMap(({ channel, operationId }) => threads.get(operationId)?.get(channel) ?? []),
    );
    return true;
  });
}

async function release(
  db: Kysely<Schema>,
  channel: string,
  rows: readonly NotificationRow[],
  { now, newId }: ReleaseParts,
): Promise<void> {
  const [muted, others] = [rows.filter(wasMuted), rows.filter((row) => !wasMuted(row))];
  const context = { channel, now: now(), newId };
  if (muted.length > 0) {
    const gathered = gatherMuted(muted.map(plannedNotificationOf), context);
    await releaseGathered(db, gathered, { held: 'muted', now: now() });
  }
  if (others.length === 0) return;
  const cause = others.some(({ state }) => state === 'suspended') ? 'suspended' : 'quiet';
  const gathered = gatherNotifications(others.map(plannedNotificationOf), { ...context, cause });
  await releaseGathered(db, gathered, { held: cause, now: now() });
}

/** Held by a mute, and by nothing else since. */
function wasMuted({ state, held }: NotificationRow): boolean {
  return state === 'held' && held === 'muted';
}

/** True even if the channel was closed in the meantime. */
function isMuted({ held, due_at }: NotificationRow, now: Instant): boolean {
  return held === 'muted' && due_at > now;
}
