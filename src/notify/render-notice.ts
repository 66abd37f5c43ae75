import { createHash } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import type { Kysely } from 'kysely';
import { seenBy } from '../core/alarm-rules.ts';
import type { NoticeContent } from '../core/notice-content.ts';
import { standingAlarms } from '../core/standing-alarms.ts';
import type { Task } from '../core/task.ts';
import type { WatchedTask } from '../core/watched-task.ts';
import { blindNotice } from '../render/blind.ts';
import { changeReply } from '../render/change-reply.ts';
import { digestMessage } from '../render/digest.ts';
import type { Failures } from '../render/failures.ts';
import type { Message } from '../render/message.ts';
import { baseline, summaryPart, summaryRoot } from '../render/summary.ts';
import { taskRoot } from '../render/task-root.ts';
import { readAcknowledgement } from '../store/acknowledgements.ts';
import { readMutes } from '../store/mutes.ts';
import { contentOf } from '../store/notice-content.ts';
import { readRootNotice, readTasksOfMessage } from '../store/outbox.ts';
import { readResultsOfTask } from '../store/results-of-task.ts';
import type { MessageRow, NoticeRow, Schema } from '../store/schema.ts';
import { readSubscriptionsOf } from '../store/subscriptions.ts';
import { readWatchedTasks } from '../store/tasks.ts';

/** What a notice shows now. A root shows the present state of its tasks, a reply the change as it was seen. */
export async function renderNotice(db: Kysely<Schema>, notice: NoticeRow): Promise<Message> {
  const content = contentOf(notice);
  const doubtful = notice.doubtful === 1;
  switch (content.kind) {
    case 'baseline':
      return baseline(content);
    case 'blind':
      return blindNotice(content, doubtful);
    case 'digest': {
      const ids = content.digest.attention.map(({ operationId }) => operationId);
      return digestMessage(content.digest, await readTasks(db, ids), doubtful);
    }
    case 'announcement':
      // Written from a message of ours; nobody else writes this column.
      return { text: content.text, blocks: content.blocks as readonly KnownBlock[] };
    case 'change': {
      const id = notice.operation_id ?? '';
      const watched = (await readWatchedTasks(db, [id])).get(id);
      return notice.place === 'root' && watched
        ? await renderRoot(db, notice, watched, content)
        : changeReply(watched?.task ?? null, called(notice, content), { doubtful, held: notice.held });
    }
    case 'summary': {
      const own = await readTasksOfMessage(db, notice.message_id ?? '');
      return summaryRoot(content, [...(await readTasks(db, own)).values()], doubtful);
    }
    case 'summary-part': {
      const ids = content.entries.map(({ operationId }) => operationId);
      return summaryPart(content, await readTasks(db, ids), doubtful);
    }
  }
}

type ChangeContent = Extract<NoticeContent, { kind: 'change' }>;

/** Who is called by a message that shows in the channel; one that only its thread shows calls nobody. */
function called({ place, broadcast }: NoticeRow, content: ChangeContent): ChangeContent {
  return place === 'reply' && broadcast === 0 ? { ...content, mentions: [] } : content;
}

/** Failed devices read for one root: their reasons are counted, the first ones named. */
const MOST_FAILURES = 1_000;

async function renderRoot(
  db: Kysely<Schema>,
  { channel, doubtful, held }: NoticeRow,
  watched: WatchedTask,
  { mentions }: ChangeContent,
): Promise<Message> {
  const { operationId } = watched.task;
  const subscriptions = await readSubscriptionsOf(db, channel);
  const seen = seenBy(watched, subscriptions);
  return taskRoot({
    watched: seen,
    // Only trouble is explained; a task that goes well is edited often and would have them read each time.
    failures: standingAlarms(seen).length === 0 ? null : await readFailures(db, operationId),
    acknowledgement: await readAcknowledgement(db, channel, operationId),
    mute: (await readMutes(db, [operationId])).get(operationId)?.get(channel) ?? null,
    mentions,
    held,
    doubtful: doubtful === 1,
  });
}

/** Null: none was read yet. */
async function readFailures(db: Kysely<Schema>, operationId: string): Promise<Failures | null> {
  const known = { status: 'fail', offset: 0, limit: MOST_FAILURES };
  const failures = await readResultsOfTask(db, operationId, known);
  return failures.total === 0 ? null : failures;
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

async function readTasks(db: Kysely<Schema>, ids: readonly string[]): Promise<ReadonlyMap<string, Task>> {
  const watched = await readWatchedTasks(db, ids);
  return new Map([...watched].map(([id, { task }]) => [id, task]));
}
