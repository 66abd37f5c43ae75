import type { Instant } from '../../lib/instant.ts';
import type { Mention } from '../subscription/subscription.ts';
import type { NotificationContent, SummaryCause, SummaryEntry } from './notification-content.ts';
import type { PlannedMessage, PlannedNotification } from './planned-notification.ts';
import {
  bundleReplies,
  entriesOf,
  MAX_SINGLE_ROOTS,
  mentionsOf,
  summaryNotifications,
} from './summary-notifications.ts';

export interface GatherContext {
  readonly channel: string;
  readonly cause: SummaryCause;
  readonly now: Instant;
  readonly newId: () => string;
}

/** The outcome of gathering a channel's notifications. */
export interface Gathered {
  /** The summary's message, with the tasks whose own messages it replaces; null if none was needed. */
  readonly message: PlannedMessage | null;
  /** The summary and its thread, plus parts that replace many replies of one thread. */
  readonly notifications: readonly PlannedNotification[];
  /** Sent on their own. A reply whose change is in the summary shows only in its thread. */
  readonly kept: readonly PlannedNotification[];
  /** Ids of notifications covered by another one, mapped to the id of that one. */
  readonly merged: ReadonlyMap<string, string>;
  /** Messages that will never be posted; their tasks belong to the summary's message. */
  readonly dropped: readonly string[];
}

/**
 * Combines a channel's unsent notifications into one summary whose thread names every task. Tasks that already
 * have a message in Slack keep their own thread: their replies go there, without alerting the channel a second
 * time.
 */
export function gatherNotifications(
  unsent: readonly PlannedNotification[],
  context: GatherContext,
): Gathered {
  const { cause } = context;
  const roots = unsent.filter(({ place, content }) => place === 'root' && isNews(content));
  const dropped = new Set(roots.flatMap(({ messageId }) => messageId ?? []));
  const isGone = ({ place, content, messageId }: PlannedNotification) =>
    place !== 'note' && isNews(content) && messageId !== null && dropped.has(messageId);
  const loud = isLoud(unsent, roots);
  const counts = (notification: PlannedNotification) =>
    isGone(notification) || (notification.place === 'reply' && countsReply(notification, cause, loud));
  const counted = unsent.filter((notification) => isNews(notification.content) && counts(notification));
  const entries = entriesOf(counted);
  if (!needsSummary(entries, roots, cause, loud)) return withoutSummary(unsent, roots, context);
  const message: PlannedMessage = {
    id: context.newId(),
    channel: context.channel,
    kind: 'summary',
    operationIds: [...new Set(roots.flatMap(({ operationId }) => operationId ?? []))],
  };
  const notifications = summaryNotifications(message, entries, counted, context);
  const summaryId = notifications[0]?.id ?? message.id;
  const silent = new Set(counted);
  const rest = unsent
    .filter((notification) => !isGone(notification))
    .map((notification) => (silent.has(notification) ? silenced(notification) : notification));
  const bundled = bundleReplies(rest, context);
  return {
    message,
    notifications: [...notifications, ...bundled.parts],
    kept: bundled.kept,
    merged: new Map([...unsent.filter(isGone).map(({ id }) => [id, summaryId] as const), ...bundled.merged]),
    dropped: [...dropped],
  };
}

/**
 * What threads missed while their tasks were muted: one reply each, with the latest change and those before it. If
 * many mutes end at once, the channel is alerted once.
 */
export function gatherMuted(
  unsent: readonly PlannedNotification[],
  context: Omit<GatherContext, 'cause'>,
): Gathered {
  const joined = [...Map.groupBy(unsent, ({ operationId, id }) => operationId ?? id).values()].map(
    joinReplies,
  );
  const gathered = gatherNotifications(
    joined.flatMap(({ told }) => told),
    { ...context, cause: 'storm' },
  );
  const before = joined.flatMap(({ merged, told: [one] }) =>
    one ? merged.map((id) => [id, gathered.merged.get(one.id) ?? one.id] as const) : [],
  );
  return { ...gathered, merged: new Map([...gathered.merged, ...before]) };
}

/** Joins one task's replies: the latest change, with the earlier ones listed. */
function joinReplies(replies: readonly PlannedNotification[]): {
  readonly told: readonly PlannedNotification[];
  readonly merged: readonly string[];
} {
  const last = replies.at(-1);
  const [entry] = entriesOf(replies);
  if (
    last?.content.kind !== 'change' ||
    entry === undefined ||
    replies.some(({ place }) => place !== 'reply')
  )
    return { told: replies, merged: [] };
  const told = {
    ...last,
    broadcast: replies.some(({ broadcast }) => broadcast),
    content: { ...last.content, earlier: entry.earlier, mentions: mentionsOf(replies) },
  };
  return { told: [told], merged: replies.slice(0, -1).map(({ id }) => id) };
}

function isNews(content: NotificationContent): boolean {
  return content.kind === 'change' || content.kind === 'summary' || content.kind === 'summary-part';
}

/**
 * New messages and replies are counted separately: up to five new tasks are posted one by one, whatever the
 * replies do.
 */
function isLoud(unsent: readonly PlannedNotification[], roots: readonly PlannedNotification[]): boolean {
  const shown = unsent.filter(({ place, broadcast }) => place === 'reply' && broadcast);
  return roots.length > MAX_SINGLE_ROOTS || shown.length > MAX_SINGLE_ROOTS;
}

/** After a hold, every reply is new to the channel; in a storm, only those that would have gone to the channel. */
function countsReply(notification: PlannedNotification, cause: SummaryCause, loud: boolean): boolean {
  if (cause === 'quiet' || cause === 'suspended') return true;
  return loud && notification.broadcast;
}

function needsSummary(
  entries: readonly SummaryEntry[],
  roots: readonly PlannedNotification[],
  cause: SummaryCause,
  loud: boolean,
): boolean {
  if (cause === 'storm') return loud;
  if (cause === 'away') return roots.length > 0 || loud;
  // A single held task is posted as itself: its message shows its state. A held summary stays a summary.
  return entries.length > 1 || roots.some(({ content }) => content.kind === 'summary');
}

/**
 * Notifications that need no summary. After a hold, the root shows the outcome, or the replies go out and only the
 * last one also goes to the channel.
 */
function withoutSummary(
  unsent: readonly PlannedNotification[],
  roots: readonly PlannedNotification[],
  context: GatherContext,
): Gathered {
  const nothing = { message: null, dropped: [] };
  const [root] = roots;
  const held = context.cause === 'quiet' || context.cause === 'suspended';
  if (!held || !root) {
    const { parts, kept, merged } = bundleReplies(held ? lastAloud(unsent) : unsent, context);
    return { ...nothing, notifications: parts, kept, merged };
  }
  const told = unsent.filter(
    ({ messageId, place, content }) =>
      place === 'reply' && messageId === root.messageId && content.kind === 'change',
  );
  const gone = new Set(told);
  const calling = withMentions(root, mentionsOf([root, ...told]));
  return {
    ...nothing,
    notifications: [],
    kept: unsent.flatMap((notification) =>
      gone.has(notification) ? [] : notification === root ? calling : notification,
    ),
    merged: new Map(told.map(({ id }) => [id, root.id])),
  };
}

/**
 * Of the replies that would go to the channel, only the last one does. It mentions everybody the others would
 * have.
 */
function lastAloud(unsent: readonly PlannedNotification[]): readonly PlannedNotification[] {
  const aloud = unsent.filter(({ broadcast }) => broadcast);
  const last = aloud.at(-1);
  if (!last || aloud.length === 1) return unsent;
  const calling = withMentions(last, mentionsOf(aloud));
  return unsent.map((notification) =>
    notification === last ? calling : notification.broadcast ? silenced(notification) : notification,
  );
}

/** A reply in the thread only, without mentions. */
function silenced(notification: PlannedNotification): PlannedNotification {
  return withMentions({ ...notification, broadcast: false }, []);
}

function withMentions(notification: PlannedNotification, mentions: readonly Mention[]): PlannedNotification {
  return notification.content.kind === 'change'
    ? { ...notification, content: { ...notification.content, mentions } }
    : notification;
}
