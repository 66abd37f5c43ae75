import type { Change } from './changes.ts';
import type { NoticeContent, SummaryEntry } from './notice-content.ts';
import { decideNotices, type Subscription, type TellDecision } from './notices.ts';
import type { Instant, Task } from './task.ts';

/** A message of ours that will be edited as its tasks move: of one task, or a summary of many. */
export interface PlannedMessage {
  readonly id: string;
  readonly channel: string;
  readonly kind: 'task' | 'summary';
  readonly operationIds: readonly string[];
}

export interface PlannedNotice {
  readonly id: string;
  readonly channel: string;
  readonly place: 'root' | 'reply' | 'note';
  readonly operationId: string | null;
  /** The message it creates or replies under; null for a note. */
  readonly messageId: string | null;
  readonly broadcast: boolean;
  readonly happenedAt: Instant;
  readonly noticedAt: Instant;
  readonly content: NoticeContent;
}

/** What one cycle adds to the outbox. */
export interface OutboxPlan {
  readonly messages: readonly PlannedMessage[];
  readonly notices: readonly PlannedNotice[];
  /** Messages whose tasks moved and that are to be edited. */
  readonly edits: readonly string[];
}

export interface TaskChanges {
  readonly task: Task;
  readonly changes: readonly Change[];
}

export interface OutboxContext {
  readonly subscriptions: readonly Subscription[];
  /** By task, the channels that have a message about it, and that message's id. */
  readonly threads: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly now: Instant;
  /** The bot was not watching for a while: what is new is told in one message. */
  readonly away: boolean;
  readonly newId: () => string;
}

/** More new tasks than this in one channel and cycle are told in one summary (DESIGN section 9, fine points). */
export const MAX_SINGLE_ROOTS = 5;
/** Tasks named by one reply of a summary's thread: each takes a line, and a reply stays readable. */
const ENTRIES_PER_REPLY = 20;

/** Turns the changes of one cycle into what is to be told where. Pure: the ids come from the caller. */
export function planOutbox(all: readonly TaskChanges[], context: OutboxContext): OutboxPlan {
  const told = all.flatMap(({ task, changes }) => {
    const threads = context.threads.get(task.operationId);
    const channels = new Set(threads?.keys());
    return decideNotices(task, changes, context.subscriptions, channels, context.now).map((decision) => ({
      task,
      decision,
      messageId: threads?.get(decision.channel) ?? null,
    }));
  });
  const inThreads = told.flatMap((one) =>
    one.messageId === null ? [] : [{ ...one, messageId: one.messageId }],
  );
  const replies = inThreads.filter(({ decision }) => decision.tell === 'reply');
  const roots = Map.groupBy(
    told.filter(({ decision }) => decision.tell === 'root'),
    ({ decision }) => decision.channel,
  );
  const opened = [...roots].map(([channel, first]) =>
    context.away || first.length > MAX_SINGLE_ROOTS
      ? summarise(channel, first, context)
      : openRoots(first, context),
  );
  return {
    messages: opened.flatMap(({ messages }) => messages),
    notices: [
      ...replies.map(({ task, decision, messageId }) =>
        changeNotice(task, decision, messageId, 'reply', context),
      ),
      ...opened.flatMap(({ notices }) => notices),
    ],
    edits: [...new Set(inThreads.map(({ messageId }) => messageId))],
  };
}

interface Told {
  readonly task: Task;
  readonly decision: TellDecision;
}

function openRoots(roots: readonly Told[], context: OutboxContext): Omit<OutboxPlan, 'edits'> {
  const opened = roots.map(({ task, decision }) => {
    const id = context.newId();
    return {
      message: { id, channel: decision.channel, kind: 'task' as const, operationIds: [task.operationId] },
      notice: changeNotice(task, decision, id, 'root', context),
    };
  });
  return { messages: opened.map(({ message }) => message), notices: opened.map(({ notice }) => notice) };
}

function changeNotice(
  task: Task,
  { channel, change, broadcast }: TellDecision,
  messageId: string,
  place: 'root' | 'reply',
  { now, newId }: OutboxContext,
): PlannedNotice {
  return {
    id: newId(),
    channel,
    place,
    operationId: task.operationId,
    messageId,
    broadcast,
    happenedAt: change.at,
    noticedAt: now,
    content: {
      kind: 'change',
      change: change.kind,
      at: change.at,
      noticedAt: now,
      status: task.status,
      tally: task.tally,
      startTime: task.startTime,
      stopTime: task.stopTime,
    },
  };
}

function summarise(
  channel: string,
  roots: readonly Told[],
  { now, away, newId }: OutboxContext,
): Omit<OutboxPlan, 'edits'> {
  const messageId = newId();
  const entries = roots.map(
    ({ task, decision: { change } }): SummaryEntry => ({
      operationId: task.operationId,
      change: change.kind,
      at: change.at,
    }),
  );
  const happenedAt = entries.reduce((earliest, { at }) => Math.min(earliest, at), now);
  const notice = (place: 'root' | 'reply', content: NoticeContent): PlannedNotice => ({
    id: newId(),
    channel,
    place,
    operationId: null,
    messageId,
    broadcast: false,
    happenedAt,
    noticedAt: now,
    content,
  });
  const parts = Array.from({ length: Math.ceil(entries.length / ENTRIES_PER_REPLY) }, (_, index) =>
    entries.slice(index * ENTRIES_PER_REPLY, (index + 1) * ENTRIES_PER_REPLY),
  );
  return {
    messages: [
      {
        id: messageId,
        channel,
        kind: 'summary',
        operationIds: entries.map(({ operationId }) => operationId),
      },
    ],
    notices: [
      notice('root', { kind: 'summary', away, noticedAt: now, entries }),
      ...parts.map((part) => notice('reply', { kind: 'summary-part', noticedAt: now, entries: part })),
    ],
  };
}
