import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { NoticeContent } from '../core/notice-content.ts';
import type { Message } from '../render/message.ts';
import { baseline, summaryPart, summaryRoot } from '../render/summary.ts';
import { changeReply, taskRoot } from '../render/task-root.ts';
import { readRootNotice, readTasksOfMessage } from '../store/outbox.ts';
import type { MessageRow, NoticeRow, Schema } from '../store/schema.ts';
import { readWatchedTasks } from '../store/tasks.ts';

/** What a notice shows now. A root shows the present state of its tasks, a reply the change as it was seen. */
export async function renderNotice(db: Kysely<Schema>, notice: NoticeRow): Promise<Message> {
  const content = contentOf(notice);
  const doubtful = notice.doubtful === 1;
  switch (content.kind) {
    case 'baseline':
      return baseline(content);
    case 'change': {
      const id = notice.operation_id ?? '';
      const watched = (await readWatchedTasks(db, [id])).get(id);
      return notice.place === 'root' && watched
        ? taskRoot({ watched, doubtful })
        : changeReply(watched?.task ?? null, content, doubtful);
    }
    case 'summary':
      return summaryRoot(content, await tasksOf(db, notice.message_id ?? ''), doubtful);
    case 'summary-part': {
      const watched = await readWatchedTasks(
        db,
        content.entries.map(({ operationId }) => operationId),
      );
      const tasks = new Map([...watched].map(([id, { task }]) => [id, task]));
      return summaryPart(content, tasks, doubtful);
    }
  }
}

/** What a root shows now, or null when nothing is known to show (its notice or its task is gone from the store). */
export async function renderMessage(db: Kysely<Schema>, message: MessageRow): Promise<Message | null> {
  const notice = await readRootNotice(db, message.id);
  return notice ? await renderNotice(db, notice) : null;
}

/** A fingerprint of a rendering: equal renderings are not sent again. */
export function fingerprint(message: Message): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('base64url');
}

function contentOf(notice: NoticeRow): NoticeContent {
  // Written by `writeOutbox` from the same type; nobody else writes this column.
  return JSON.parse(notice.content) as NoticeContent;
}

async function tasksOf(db: Kysely<Schema>, messageId: string) {
  const watched = await readWatchedTasks(db, await readTasksOfMessage(db, messageId));
  return [...watched.values()].map(({ task }) => task);
}
