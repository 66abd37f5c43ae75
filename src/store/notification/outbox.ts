import type { Kysely } from 'kysely';
import { EXTERNALLY_SHARED } from '../../core/access/channel-sharing.ts';
import type { OutboxPlan } from '../../core/notification/outbox-plan.ts';
import type { PlannedNotification } from '../../core/notification/planned-notification.ts';
import type { Instant } from '../../lib/instant.ts';
import { inChunks, inPortions } from '../engine/chunks.ts';
import { givenTexts } from '../engine/given-rows.ts';
import type {
  MessageRow,
  NewNotification,
  NotificationRow,
  NotificationState,
} from '../engine/outbox-schema.ts';
import type { Schema } from '../engine/schema.ts';
import { readKeepingChannels } from '../subscription/suspension.ts';
import { writeDecisions } from './decisions.ts';

/** Root messages of these tasks: a map of task to channel to message id. */
export async function readThreads(
  db: Kysely<Schema>,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const threads = new Map<string, Map<string, string>>();
  for (const ids of inPortions(operationIds)) {
    const rows = await db
      .selectFrom('thread')
      .selectAll()
      .where('operation_id', 'in', givenTexts(db, ids))
      .execute();
    for (const row of rows) {
      const channels = threads.get(row.operation_id) ?? new Map<string, string>();
      threads.set(row.operation_id, channels.set(row.channel, row.message_id));
    }
  }
  return threads;
}

/** Adds notifications to the outbox. Call inside the transaction that writes the snapshots behind them. */
export async function writeOutbox(db: Kysely<Schema>, plan: OutboxPlan): Promise<void> {
  for (const chunk of inChunks(plan.messages)) {
    const rows = chunk.map(({ id, channel, kind }) => ({
      id,
      channel,
      kind,
      ts: null,
      shown: null,
      wanted_version: 0,
      shown_version: 0,
      edited_at: null,
    }));
    await db.insertInto('message').values(rows).execute();
  }
  const threads = plan.messages.flatMap(({ id, channel, operationIds }) =>
    operationIds.map((operationId) => ({ channel, operation_id: operationId, message_id: id })),
  );
  for (const chunk of inChunks(threads)) await db.insertInto('thread').values(chunk).execute();
  const suspended = plan.notifications.length === 0 ? new Set<string>() : await readKeepingChannels(db);
  for (const chunk of inChunks(plan.notifications)) {
    const rows = chunk.map(
      (notification): NewNotification => ({
        id: notification.id,
        channel: notification.channel,
        place: notification.place,
        kind:
          notification.content.kind === 'change' ? notification.content.change : notification.content.kind,
        operation_id: notification.operationId,
        message_id: notification.messageId,
        broadcast: notification.broadcast ? 1 : 0,
        content: JSON.stringify(notification.content),
        happened_at: notification.happenedAt,
        noticed_at: notification.noticedAt,
        state: stateOf(notification, suspended),
        held: notification.hold?.because ?? null,
        attempts: 0,
        attempted_at: null,
        due_at: notification.hold?.because === 'muted' ? notification.hold.until : notification.noticedAt,
        waits_since: null,
        doubtful: 0,
        sent_at: null,
        ts: null,
      }),
    );
    await db.insertInto('notification').values(rows).execute();
  }
  await wantEdits(db, plan.edits);
  await writeDecisions(db, plan.decisions);
}

/** Announcements of what people changed are not kept back with the rest: they may announce what was kept. */
function stateOf(
  { channel, content, hold }: PlannedNotification,
  keeping: ReadonlySet<string>,
): NotificationState {
  if (keeping.has(channel) && content.kind !== 'announcement') return 'suspended';
  return hold === null ? 'pending' : 'held';
}

/** Queues these messages for rendering. A rendering that would look the same is not sent. */
export async function wantEdits(db: Kysely<Schema>, messageIds: readonly string[]): Promise<void> {
  for (const ids of inPortions(messageIds)) {
    await db
      .updateTable('message')
      .set(({ eb }) => ({ wanted_version: eb('wanted_version', '+', 1) }))
      .where('id', 'in', givenTexts(db, ids))
      .execute();
  }
}

/** Channels with anything to deliver, due or not. */
export async function readBusyChannels(db: Kysely<Schema>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('notification')
    .select('channel')
    .where('state', 'in', ['pending', 'sending'])
    .union(
      db
        .selectFrom('message')
        .select('channel')
        .whereRef('wanted_version', '>', 'shown_version')
        .where('ts', 'is not', null)
        .where('channel', 'not in', closedBySharing(db)),
    )
    .execute();
  return rows.map(({ channel }) => channel);
}

/** A channel's notifications whose sending started but was not confirmed. Their outcome has to be settled. */
export async function readInDoubt(db: Kysely<Schema>, channel: string): Promise<readonly NotificationRow[]> {
  return await db
    .selectFrom('notification')
    .selectAll()
    .where('state', '=', 'sending')
    .where('channel', '=', channel)
    .orderBy('seq')
    .execute();
}

/** When a channel was last posted to; null if never. */
export async function readLastPost(db: Kysely<Schema>, channel: string): Promise<Instant | null> {
  const row = await db
    .selectFrom('notification')
    .select('sent_at')
    .where('state', '=', 'sent')
    .where('channel', '=', channel)
    .orderBy('sent_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.sent_at ?? null;
}

/** Channels that other organisations read: messages there are no longer edited, but the edits stay due. */
function closedBySharing(db: Kysely<Schema>) {
  return db.selectFrom('subscription').select('channel').where('suspended_reason', '=', EXTERNALLY_SHARED);
}

/** The message in a channel that has waited longest for its edit. */
export async function readNextEdit(db: Kysely<Schema>, channel: string): Promise<MessageRow | undefined> {
  return await db
    .selectFrom('message')
    .selectAll()
    .where('channel', '=', channel)
    .whereRef('wanted_version', '>', 'shown_version')
    .where('ts', 'is not', null)
    .where('channel', 'not in', closedBySharing(db))
    .orderBy('edited_at', (order) => order.asc().nullsFirst())
    .limit(1)
    .executeTakeFirst();
}

/** Messages by id; unknown ids are left out. */
export async function readMessages(
  db: Kysely<Schema>,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, MessageRow>> {
  const found = new Map<string, MessageRow>();
  for (const ids of inChunks(messageIds)) {
    const rows = await db.selectFrom('message').selectAll().where('id', 'in', ids).execute();
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}

export async function readMessage(db: Kysely<Schema>, id: string): Promise<MessageRow | undefined> {
  return await db.selectFrom('message').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The notification that created a message; for a reposted message, the latest one. */
export async function readRootNotification(
  db: Kysely<Schema>,
  messageId: string,
): Promise<NotificationRow | undefined> {
  return await db
    .selectFrom('notification')
    .selectAll()
    .where('message_id', '=', messageId)
    .where('place', '=', 'root')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Ids of the tasks that a message covers. */
export async function readTasksOfMessage(db: Kysely<Schema>, id: string): Promise<readonly string[]> {
  const rows = await db.selectFrom('thread').select('operation_id').where('message_id', '=', id).execute();
  return rows.map((row) => row.operation_id);
}

/**
 * Makes a notification pending again, because it did not arrive or nobody can tell. It is due after `wait`
 * milliseconds. Does nothing if another process has taken it further meanwhile.
 */
export async function markPending(
  db: Kysely<Schema>,
  notification: NotificationRow,
  { now, wait, doubtful }: { readonly now: Instant; readonly wait: number; readonly doubtful: boolean },
): Promise<void> {
  await db
    .updateTable('notification')
    .set({
      state: 'pending',
      due_at: now + wait,
      waits_since: now,
      doubtful: doubtful ? 1 : notification.doubtful,
    })
    .where('seq', '=', notification.seq)
    .where('state', '=', 'sending')
    .where('attempts', '=', notification.attempts)
    .execute();
}

/** Records the version that a message now shows. It stays due if its tasks moved again meanwhile. */
export async function markEdited(
  db: Kysely<Schema>,
  message: MessageRow,
  edit: { readonly shown: string | null; readonly at: Instant },
): Promise<void> {
  await db
    .updateTable('message')
    .set({ shown: edit.shown, edited_at: edit.at, shown_version: message.wanted_version })
    .where('id', '=', message.id)
    .execute();
}

/** Records that a message is gone from its channel: it gets no more replies or edits. */
export async function forgetRoot(db: Kysely<Schema>, messageId: string): Promise<void> {
  await db.updateTable('message').set({ ts: null }).where('id', '=', messageId).execute();
}
