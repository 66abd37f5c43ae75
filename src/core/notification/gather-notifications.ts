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

/** What becomes of notifications of one channel that are told together. */
export interface Gathered {
  /** The summary's message, with the tasks whose own messages it replaces; null where none was needed. */
  readonly message: PlannedMessage | null;
  /** The summary and its thread, and parts that stand for many replies of one thread. */
  readonly notifications: readonly PlannedNotification[];
  /** Told as they are; a reply whose news stands in the summary no longer shows in the channel. */
  readonly kept: readonly PlannedNotification[];
  /** Told by another notification now: which by which. */
  readonly merged: ReadonlyMap<string, string>;
  /** Messages that will never be posted; their tasks belong to the summary's message. */
  readonly dropped: readonly string[];
}

/**
 * Puts notifications of one channel that nobody has read yet into one summary, whose thread names every task. Tasks that
 * have a message in Slack keep their own thread: their replies go there, without waking the channel a second time.
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
 * What threads missed while their tasks were muted: one reply each, with the latest change and what led there. Where many
 * mutes end at once, they wake the channel once.
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

/** One task's replies in one: the latest change, and what led there. */
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

/** New messages are counted apart from replies: up to five new tasks are told one by one, whatever else goes on. */
function isLoud(unsent: readonly PlannedNotification[], roots: readonly PlannedNotification[]): boolean {
  const shown = unsent.filter(({ place, broadcast }) => place === 'reply' && broadcast);
  return roots.length > MAX_SINGLE_ROOTS || shown.length > MAX_SINGLE_ROOTS;
}

/** After a hold everything is news to the channel; in a storm only what would have shown in it. */
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
  // One task that was held back is told as itself: its message shows how it stands. A summary stays one.
  return entries.length > 1 || roots.some(({ content }) => content.kind === 'summary');
}

/** One task's held notifications: its root shows what they led to, or its replies go out, the last of them to the channel. */
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

/** Of the replies that would show in the channel only the last one does, and calls everybody whom they call. */
function lastAloud(unsent: readonly PlannedNotification[]): readonly PlannedNotification[] {
  const aloud = unsent.filter(({ broadcast }) => broadcast);
  const last = aloud.at(-1);
  if (!last || aloud.length === 1) return unsent;
  const calling = withMentions(last, mentionsOf(aloud));
  return unsent.map((notification) =>
    notification === last ? calling : notification.broadcast ? silenced(notification) : notification,
  );
}

/** A reply whose thread alone shows it, and that calls nobody. */
function silenced(notification: PlannedNotification): PlannedNotification {
  return withMentions({ ...notification, broadcast: false }, []);
}

function withMentions(notification: PlannedNotification, mentions: readonly Mention[]): PlannedNotification {
  return notification.content.kind === 'change'
    ? { ...notification, content: { ...notification.content, mentions } }
    : notification;
}
