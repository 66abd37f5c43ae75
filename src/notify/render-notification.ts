import { createHash } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import type { Kysely } from 'kysely';
import { seenBy } from '../core/change/alarms/own-rules.ts';
import { standingAlarms } from '../core/change/alarms/standing-alarms.ts';
import { earlierOf } from '../core/change/past-troubles.ts';
import type { NotificationContent } from '../core/notification/notification-content.ts';
import type { Task } from '../core/task/task.ts';
import type { WatchedTask } from '../core/task/watched-task.ts';
import type { Message } from '../render/blocks/message.ts';
import { blindNotification } from '../render/notification/blind.ts';
import { changeReply } from '../render/notification/change-reply.ts';
import { digestMessage } from '../render/notification/digest.ts';
import { baseline, summaryPart, summaryRoot } from '../render/notification/summary.ts';
import { taskRoot } from '../render/notification/task-root.ts';
import type { MessageRow, NotificationRow } from '../store/engine/outbox-schema.ts';
import type { Schema } from '../store/engine/schema.ts';
import { contentOf } from '../store/notification/notification-content.ts';
import { readRootNotification, readTasksOfMessage } from '../store/notification/outbox.ts';
import type { NotificationReader } from './notification-reader.ts';

interface Rendering {
  readonly db: Kysely<Schema>;
  readonly read: NotificationReader;
}

/** Renders a notification. A root shows the current state of its tasks, a reply the change as it was seen. */
export async function renderNotification(
  { db, read }: Rendering,
  notification: NotificationRow,
): Promise<Message> {
  const content = contentOf(notification);
  const doubtful = notification.doubtful === 1;
  switch (content.kind) {
    case 'baseline':
      return baseline(content);
    case 'blind':
      return blindNotification(content, doubtful);
    case 'digest': {
      const ids = content.digest.attention.map(({ operationId }) => operationId);
      return digestMessage(content.digest, await readTasks(read, ids), doubtful);
    }
    case 'announcement':
      // The cast is safe: only our own messages are written to this column.
      return { text: content.text, blocks: content.blocks as readonly KnownBlock[] };
    case 'change': {
      const id = notification.operation_id ?? '';
      const watched = await read.task(id);
      return notification.place === 'root' && watched
        ? await renderRoot(read, notification, watched, content)
        : changeReply(watched?.task ?? null, called(notification, content), {
            doubtful,
            held: notification.held,
          });
    }
    case 'summary': {
      const own = await readTasksOfMessage(db, notification.message_id ?? '');
      return summaryRoot(content, [...(await readTasks(read, own)).values()], doubtful);
    }
    case 'summary-part': {
      const ids = content.entries.map(({ operationId }) => operationId);
      return summaryPart(content, await readTasks(read, ids), doubtful);
    }
  }
}

type ChangeContent = Extract<NotificationContent, { kind: 'change' }>;

/** Mentions are for messages that show in the channel; a reply that shows only in its thread loses them. */
function called({ place, broadcast }: NotificationRow, content: ChangeContent): ChangeContent {
  return place === 'reply' && broadcast === 0 ? { ...content, mentions: [] } : content;
}

async function renderRoot(
  read: NotificationReader,
  { channel, doubtful, held }: NotificationRow,
  watched: WatchedTask,
  content: ChangeContent,
): Promise<Message> {
  const { operationId } = watched.task;
  const place = { channel, operationId };
  const [subscriptions, acknowledgement, mute] = await Promise.all([
    read.subscriptions(channel),
    read.acknowledgement(place),
    read.mute(place),
  ]);
  const seen = seenBy(watched, subscriptions);
  return taskRoot({
    watched: seen,
    earlier: earlierOf(seen, content),
    // Only trouble needs reasons. A healthy task is edited often and would read them each time.
    failures: standingAlarms(seen).length === 0 ? null : await read.failures(operationId),
    acknowledgement,
    mute,
    mentions: content.mentions,
    held,
    doubtful: doubtful === 1,
  });
}

/** Renders a root; null if its notification is gone from the store. */
export async function renderMessage(parts: Rendering, message: MessageRow): Promise<Message | null> {
  const notification = await readRootNotification(parts.db, message.id);
  return notification ? await renderNotification(parts, notification) : null;
}

/** Hash of a rendering: equal renderings are not sent again. */
export function fingerprint(message: Message): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('base64url');
}

async function readTasks(
  read: NotificationReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Task>> {
  const watched = await Promise.all(ids.map((id) => read.task(id)));
  return new Map(watched.flatMap((one) => (one ? [[one.task.operationId, one.task]] : [])));
}
