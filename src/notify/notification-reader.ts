import type { Kysely } from 'kysely';
import type { Acknowledgement } from '../core/notification/acknowledgement.ts';
import type { Mute } from '../core/notification/mute.ts';
import type { Subscription } from '../core/subscription/subscription.ts';
import type { WatchedTask } from '../core/task/watched-task.ts';
import { createBatches } from '../lib/work/in-batches.ts';
import type { Failures } from '../render/task/failures.ts';
import type { MessageRow, NotificationRow } from '../store/engine/outbox-schema.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readAcknowledgements } from '../store/notification/acknowledgements.ts';
import { readMutes } from '../store/notification/mutes.ts';
import { readMessages } from '../store/notification/outbox.ts';
import { readSubscriptionsIn } from '../store/subscription/subscriptions.ts';
import { countFailed, readResultsOfTask } from '../store/task/device-results.ts';
import { readWatchedTasks } from '../store/task/tasks.ts';

/** A task in a channel. */
export interface Place {
  readonly channel: string;
  readonly operationId: string;
}

/** Reads what notifications show. Concurrent reads for several channels share one statement. */
export interface NotificationReader {
  message(id: string): Promise<MessageRow | undefined>;
  task(operationId: string): Promise<WatchedTask | undefined>;
  subscriptions(channel: string): Promise<readonly Subscription[]>;
  acknowledgement(place: Place): Promise<Acknowledgement | null>;
  mute(place: Place): Promise<Mute | null>;
  /** Failed devices read so far; null if there are none. */
  failures(operationId: string): Promise<Failures | null>;
}

/** The message that a notification creates or replies to. */
export async function rootOf(
  read: NotificationReader,
  { message_id }: Pick<NotificationRow, 'message_id'>,
): Promise<MessageRow | undefined> {
  return message_id === null ? undefined : await read.message(message_id);
}

/** Most failed devices read for one root: their reasons are counted, the first devices named. */
const MOST_FAILURES = 1_000;

export function createNotificationReader(db: Kysely<Schema>): NotificationReader {
  const failed = createBatches(async (ids: readonly string[]) => {
    const counts = await countFailed(db, ids);
    return ids.map((id) => counts.get(id) ?? 0);
  });
  return {
    message: createBatches(async (ids) => {
      const messages = await readMessages(db, ids);
      return ids.map((id) => messages.get(id));
    }),
    task: createBatches(async (ids) => {
      const tasks = await readWatchedTasks(db, ids);
      return ids.map((id) => tasks.get(id));
    }),
    subscriptions: createBatches(async (channels) => {
      const subscriptions = await readSubscriptionsIn(db, channels);
      return channels.map((channel) => subscriptions.get(channel) ?? []);
    }),
    acknowledgement: createBatches(async (places) => {
      const acknowledgements = await readAcknowledgements(db, idsOf(places));
      return places.map(
        ({ channel, operationId }) => acknowledgements.get(operationId)?.get(channel) ?? null,
      );
    }),
    mute: createBatches(async (places) => {
      const mutes = await readMutes(db, idsOf(places));
      return places.map(({ channel, operationId }) => mutes.get(operationId)?.get(channel) ?? null);
    }),
    async failures(operationId) {
      // Most tasks have no failures. Those with many are read one by one.
      if ((await failed(operationId)) === 0) return null;
      return await readResultsOfTask(db, operationId, { status: 'failed', offset: 0, limit: MOST_FAILURES });
    },
  };
}

function idsOf(places: readonly Place[]): readonly string[] {
  return [...new Set(places.map(({ operationId }) => operationId))];
}
