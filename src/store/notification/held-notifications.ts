import type { Kysely } from 'kysely';
import type { Gathered } from '../../core/notification/gather-notifications.ts';
import type { PlannedNotification } from '../../core/notification/planned-notification.ts';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import type { NewNotification, NotificationRow } from '../engine/outbox-schema.ts';
import type { Schema } from '../engine/schema.ts';
import { contentOf } from './notification-content.ts';
import { writeOutbox } from './outbox.ts';

/** Channels with notifications held by quiet hours, even if those hours have just ended. */
export async function readQuietHoldingChannels(db: Kysely<Schema>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('notification')
    .select('channel')
    .distinct()
    .where('state', '=', 'held')
    .where('held', '=', 'quiet')
    .execute();
  return rows.map(({ channel }) => channel);
}

/** Channels with notifications held back. */
export async function readHoldingChannels(db: Kysely<Schema>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('notification')
    .select('channel')
    .distinct()
    .where('state', 'in', ['held', 'suspended'])
    .execute();
  return rows.map(({ channel }) => channel);
}

/** A channel's held-back notifications, in order of writing. */
export async function readKeptBack(db: Kysely<Schema>, channel: string): Promise<readonly NotificationRow[]> {
  return await db
    .selectFrom('notification')
    .selectAll()
    .where('channel', '=', channel)
    .where('state', 'in', ['held', 'suspended'])
    .orderBy('seq')
    .execute();
}

/** Converts a stored notification to the form the core plans with. */
export function plannedNotificationOf(row: NotificationRow): PlannedNotification {
  return {
    id: row.id,
    channel: row.channel,
    place: row.place,
    operationId: row.operation_id,
    messageId: row.message_id,
    broadcast: row.broadcast === 1,
    happenedAt: row.happened_at,
    noticedAt: row.noticed_at,
    content: contentOf(row),
    hold: null,
  };
}

/**
 * Makes held-back notifications due again as gathered: first the summary and its thread, then those posted
 * individually. Call inside the transaction that read them.
 */
export async function releaseGathered(
  db: Kysely<Schema>,
  gathered: Gathered,
  release: {
    readonly held: 'quiet' | 'suspended' | 'muted';
    readonly now: Instant;
  },
): Promise<void> {
  const { message } = gathered;
  // Before `writeOutbox`: while the channel has suspended notifications, new ones are suspended too.
  const kept = await takeOut(db, gathered.kept);
  const doubtful: string[] = [];
  for (const [poster, merged] of Map.groupBy(gathered.merged, ([, by]) => by)) {
    for (const ids of inChunks(merged.map(([id]) => id))) {
      if (await mergeInto(db, poster, ids)) doubtful.push(poster);
    }
  }
  if (message !== null) {
    for (const ids of inChunks(gathered.dropped)) await takeOver(db, message.id, ids);
  }
  await writeOutbox(db, {
    // Its tasks were already taken over from the messages that will not be posted.
    messages: message === null ? [] : [{ ...message, operationIds: [] }],
    notifications: gathered.notifications,
    edits: [],
    decisions: [],
  });
  for (const ids of inChunks(gathered.notifications.map(({ id }) => id))) {
    await db.updateTable('notification').set({ held: release.held }).where('id', 'in', ids).execute();
  }
  for (const chunk of inChunks(kept)) {
    const rows = chunk.map(
      ({ seq: _before, ...row }): NewNotification => ({
        ...row,
        // Starts over in its new place: earlier attempts must not give it priority.
        state: 'pending',
        held: release.held,
        due_at: release.now,
        waits_since: null,
        attempts: 0,
      }),
    );
    await db.insertInto('notification').values(rows).execute();
  }
  for (const ids of inChunks(doubtful)) {
    await db.updateTable('notification').set({ doubtful: 1 }).where('id', 'in', ids).execute();
  }
}

/** Deletes notifications that are to be posted now; they are inserted again in their new order. */
async function takeOut(
  db: Kysely<Schema>,
  notifications: readonly PlannedNotification[],
): Promise<readonly NotificationRow[]> {
  const taken = new Map<string, NotificationRow>();
  for (const ids of inChunks(notifications.map(({ id }) => id))) {
    const rows = await db.deleteFrom('notification').where('id', 'in', ids).returningAll().execute();
    for (const row of rows) taken.set(row.id, row);
  }
  return notifications.flatMap((notification) => {
    const row = taken.get(notification.id);
    if (!row) return [];
    return [
      { ...row, broadcast: notification.broadcast ? 1 : 0, content: JSON.stringify(notification.content) },
    ];
  });
}

/**
 * Marks notifications as merged into `poster`, and deletes merged summaries. Returns whether one of them may
 * already be in the channel.
 */
async function mergeInto(db: Kysely<Schema>, poster: string, ids: readonly string[]): Promise<boolean> {
  await db
    .updateTable('decision')
    .set({ notification_id: poster })
    .where('notification_id', 'in', ids)
    .execute();
  const merged = await db
    .updateTable('notification')
    .set({ state: 'merged' })
    .where('id', 'in', ids)
    .returning('doubtful')
    .execute();
  await db
    .deleteFrom('notification')
    .where('id', 'in', ids)
    .where('kind', 'in', ['summary', 'summary-part'])
    .execute();
  return merged.some(({ doubtful }) => doubtful === 1);
}

/** Moves tasks, and replies still held by a mute, from messages that will not be posted to another one. */
async function takeOver(db: Kysely<Schema>, messageId: string, dropped: readonly string[]): Promise<void> {
  await db.updateTable('thread').set({ message_id: messageId }).where('message_id', 'in', dropped).execute();
  await db
    .updateTable('notification')
    .set({ message_id: messageId })
    .where('message_id', 'in', dropped)
    .where('place', '=', 'reply')
    .execute();
  await db.deleteFrom('message').where('id', 'in', dropped).execute();
}

/** Sent at a time that someone chose, or while someone waits for them: quiet hours do not hold these. */
const NOT_HELD = ['digest', 'baseline', 'announcement'];

/** Holds a channel's pending notifications when its quiet hours begin. Those being sent are finished. */
export async function holdWaiting(db: Kysely<Schema>, channel: string): Promise<void> {
  await db
    .updateTable('notification')
    .set({ state: 'held', held: 'quiet' })
    .where('channel', '=', channel)
    .where('state', '=', 'pending')
    .where('kind', 'not in', NOT_HELD)
    .execute();
}

/** Holds notifications until the channel's quiet hours end, whatever held them before. */
export async function holdByQuiet(db: Kysely<Schema>, rows: readonly NotificationRow[]): Promise<void> {
  for (const some of inChunks(rows)) {
    await db
      .updateTable('notification')
      .set({ state: 'held', held: 'quiet' })
      .where(
        'seq',
        'in',
        some.map(({ seq }) => seq),
      )
      .where('state', '=', 'held')
      .execute();
  }
}

/** Turns suspended notifications of a reopened channel into held ones, because their tasks are muted. */
export async function holdByMute(db: Kysely<Schema>, rows: readonly NotificationRow[]): Promise<void> {
  const suspended = rows.filter(({ state }) => state === 'suspended').map(({ seq }) => seq);
  for (const some of inChunks(suspended)) {
    await db.updateTable('notification').set({ state: 'held' }).where('seq', 'in', some).execute();
  }
}
