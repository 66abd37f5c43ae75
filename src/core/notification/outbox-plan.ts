import type { Instant } from '../../lib/instant.ts';
import type { Change, ChangeKind } from '../change/changes.ts';
import type { Subscription } from '../subscription/subscription.ts';
import type { Task } from '../task/task.ts';
import {
  decideNotifications,
  type NotificationDecision,
  type NotificationReason,
} from './decide-notifications.ts';
import { gatherNotifications } from './gather-notifications.ts';
import type { Mute } from './mute.ts';
import type { PlannedMessage, PlannedNotification } from './planned-notification.ts';

/** Whether a change was posted in one channel, and why; the basis of `/upgrades why`. */
export interface RecordedDecision {
  readonly channel: string;
  readonly operationId: string;
  readonly kind: ChangeKind;
  readonly at: Instant;
  readonly noticedAt: Instant;
  readonly reason: DecisionReason;
  /** The notification that reports it; null if none does. */
  readonly notificationId: string | null;
}

/** `told-in-a-summary`: one message reported it together with other tasks. */
export type DecisionReason = NotificationReason | 'told-in-a-summary';

/** What one cycle adds to the outbox. */
export interface OutboxPlan {
  readonly messages: readonly PlannedMessage[];
  readonly notifications: readonly PlannedNotification[];
  /** Messages to edit because their tasks moved. */
  readonly edits: readonly string[];
  readonly decisions: readonly RecordedDecision[];
}

export interface TaskChanges {
  readonly task: Task;
  /** When status or counters were last seen to move. */
  readonly movedAt: Instant;
  readonly changes: readonly Change[];
  /** It happened while the bot was not watching: new messages for it go into one summary. */
  readonly away?: boolean;
}

export interface OutboxContext {
  readonly subscriptions: readonly Subscription[];
  /** By task: the channels that have a message about it, and that message's id. */
  readonly threads: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** By task, the channels that muted it. */
  readonly mutes: ReadonlyMap<string, ReadonlyMap<string, Mute>>;
  /** Channels in their quiet hours. */
  readonly quiet: ReadonlySet<string>;
  readonly now: Instant;
  readonly newId: () => string;
}

/**
 * Plans what one cycle's changes post where, in order. Pure: the ids come from the caller. In small steps: thousands of
 * tasks and many channels take a second, and at each `yield` the caller can let other work run.
 */
export function* planOutboxInSteps(
  all: readonly TaskChanges[],
  context: OutboxContext,
): Generator<void, OutboxPlan> {
  const drafts: Draft[] = [];
  for (const one of all) {
    drafts.push(...draftsOf(one, context));
    yield;
  }
  const posted = Map.groupBy(
    drafts.filter(({ notification }) => notification !== null),
    ({ decision }) => decision.channel,
  );
  yield;
  const planned: ChannelPlan[] = [];
  for (const [channel, some] of posted) {
    planned.push(planChannel(channel, some, context));
    yield;
  }
  const tellers = new Map(planned.flatMap(({ merged }) => [...merged]));
  yield;
  const decisions: RecordedDecision[] = [];
  for (const draft of drafts) {
    decisions.push(...recordOf(draft, tellers, context.now));
    yield;
  }
  return {
    messages: planned.flatMap(({ messages }) => messages),
    notifications: planned.flatMap(({ notifications }) => notifications),
    edits: [...new Set(drafts.flatMap(({ edits }) => edits ?? []))],
    decisions,
  };
}

interface Draft {
  readonly task: Task;
  readonly away: boolean;
  readonly decision: NotificationDecision;
  readonly notification: PlannedNotification | null;
  /** The notification that reports it; null if none does. */
  readonly postedBy: string | null;
  /** The message to create. */
  readonly message: PlannedMessage | null;
  /** The existing message to edit. */
  readonly edits: string | null;
}

function draftsOf(one: TaskChanges, context: OutboxContext): readonly Draft[] {
  const { task, changes, away = false } = one;
  const threads = context.threads.get(task.operationId);
  const standing = {
    roots: new Set(threads?.keys()),
    mutes: context.mutes.get(task.operationId) ?? new Map<string, Mute>(),
    quiet: context.quiet,
  };
  const decisions = decideNotifications(task, changes, context.subscriptions, standing, context.now);
  const drafts = decisions.map((decision): Omit<Draft, 'postedBy'> => {
    const thread = threads?.get(decision.channel) ?? null;
    if (decision.tell === 'root') {
      const message: PlannedMessage = {
        id: context.newId(),
        channel: decision.channel,
        kind: 'task',
        operationIds: [task.operationId],
      };
      return {
        task,
        away,
        decision,
        notification: changeNotification(one, decision, message.id, context),
        message,
        edits: null,
      };
    }
    const notification =
      decision.tell === 'reply' && thread !== null
        ? changeNotification(one, decision, thread, context)
        : null;
    return { task, away, decision, notification, message: null, edits: thread };
  });
  return drafts.map((draft) => ({ ...draft, postedBy: tellerOf(draft.decision, draft.notification) }));

  /** A change found with others is reported by the root, or by the reply of its kind. */
  function tellerOf(
    { channel, change, reason }: NotificationDecision,
    notification: PlannedNotification | null,
  ): string | null {
    if (reason !== 'told-with-the-first-notification') return notification?.id ?? null;
    const teller = drafts.find(
      ({ decision, notification: other }) =>
        other !== null &&
        decision.channel === channel &&
        (decision.tell === 'root' || decision.change.kind === change.kind),
    );
    return teller?.notification?.id ?? null;
  }
}

function changeNotification(
  { task, movedAt }: TaskChanges,
  { channel, change, tell, broadcast, mentions, hold }: NotificationDecision,
  messageId: string,
  { now, newId }: OutboxContext,
): PlannedNotification {
  return {
    id: newId(),
    channel,
    place: tell === 'root' ? 'root' : 'reply',
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
      statusWord: task.statusWord,
      tally: task.tally,
      startTime: task.startTime,
      stopTime: task.stopTime,
      movedAt: change.since ?? movedAt,
      mentions,
      earlier: [],
    },
    hold,
  };
}

interface ChannelPlan extends Pick<OutboxPlan, 'messages' | 'notifications'> {
  readonly merged: ReadonlyMap<string, string>;
}

/**
 * Held notifications are gathered when the hold ends; those due now, only if there are too many or the bot was
 * away.
 */
function planChannel(channel: string, drafts: readonly Draft[], context: OutboxContext): ChannelPlan {
  const { now, newId } = context;
  const notifications = drafts.flatMap(({ notification }) => notification ?? []);
  const held = notifications.filter(({ hold }) => hold !== null);
  const dueOf = (away: boolean) =>
    drafts.flatMap(({ notification, away: was }) =>
      notification?.hold === null && was === away ? notification : [],
    );
  const gathered = [
    gatherNotifications(dueOf(true), { channel, cause: 'away', now, newId }),
    gatherNotifications(dueOf(false), { channel, cause: 'storm', now, newId }),
  ];
  const dropped = new Set(gathered.flatMap((one) => one.dropped));
  const messages = drafts.flatMap(({ message }) => message ?? []).filter(({ id }) => !dropped.has(id));
  return {
    messages: [...messages, ...gathered.flatMap(({ message }) => message ?? [])],
    notifications: [...gathered.flatMap((one) => [...one.notifications, ...one.kept]), ...held],
    merged: new Map(gathered.flatMap(({ merged }) => [...merged])),
  };
}

/** Progress, and tasks no filter of the channel matches, are not worth recording. */
function recordOf(
  { task, decision: { channel, change, reason }, postedBy }: Draft,
  tellers: ReadonlyMap<string, string>,
  noticedAt: Instant,
): readonly RecordedDecision[] {
  if (change.kind === 'progress' || reason === 'filter-does-not-match') return [];
  const teller = postedBy === null ? null : (tellers.get(postedBy) ?? postedBy);
  const summarised = teller !== postedBy;
  return [
    {
      channel,
      operationId: task.operationId,
      kind: change.kind,
      at: change.at,
      noticedAt,
      reason: summarised ? 'told-in-a-summary' : reason,
      notificationId: teller,
    },
  ];
}
