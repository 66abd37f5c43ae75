import type { Instant } from '../../lib/instant.ts';
import type { Mention } from '../subscription/subscription.ts';
import type { NoticeContent, SummaryCause, SummaryEntry } from './notification-content.ts';
import type { PlannedMessage, PlannedNotice } from './planned-notification.ts';
import {
  bundleReplies,
  entriesOf,
  MAX_SINGLE_ROOTS,
  mentionsOf,
  summaryNotices,
} from './summary-notifications.ts';

export interface GatherContext {
  readonly channel: string;
  readonly cause: SummaryCause;
  readonly now: Instant;
  readonly newId: () => string;
}

/** What becomes of notices of one channel that are told together. */
export interface Gathered {
  /** The summary's message, with the tasks whose own messages it replaces; null where none was needed. */
  readonly message: PlannedMessage | null;
  /** The summary and its thread, and parts that stand for many replies of one thread. */
  readonly notices: readonly PlannedNotice[];
  /** Told as they are; a reply whose news stands in the summary no longer shows in the channel. */
  readonly kept: readonly PlannedNotice[];
  /** Told by another notice now: which by which. */
  readonly merged: ReadonlyMap<string, string>;
  /** Messages that will never be posted; their tasks belong to the summary's message. */
  readonly dropped: readonly string[];
}

/**
 * Puts notices of one channel that nobody has read yet into one summary, whose thread names every task. Tasks that
 * have a message in Slack keep their own thread: their replies go there, without waking the channel a second time.
 */
export function gatherNotices(unsent: readonly PlannedNotice[], context: GatherContext): Gathered {
  const { cause } = context;
  const roots = unsent.filter(({ place, content }) => place === 'root' && isNews(content));
  const dropped = new Set(roots.flatMap(({ messageId }) => messageId ?? []));
  const isGone = ({ place, content, messageId }: PlannedNotice) =>
    place !== 'note' && isNews(content) && messageId !== null && dropped.has(messageId);
  const loud = isLoud(unsent, roots);
  const counts = (notice: PlannedNotice) =>
    isGone(notice) || (notice.place === 'reply' && countsReply(notice, cause, loud));
  const counted = unsent.filter((notice) => isNews(notice.content) && counts(notice));
  const entries = entriesOf(counted);
  if (!needsSummary(entries, roots, cause, loud)) return withoutSummary(unsent, roots, context);
  const message: PlannedMessage = {
    id: context.newId(),
    channel: context.channel,
    kind: 'summary',
    operationIds: [...new Set(roots.flatMap(({ operationId }) => operationId ?? []))],
  };
  const notices = summaryNotices(message, entries, counted, context);
  const summaryId = notices[0]?.id ?? message.id;
  const silent = new Set(counted);
  const rest = unsent
    .filter((notice) => !isGone(notice))
    .map((notice) => (silent.has(notice) ? silenced(notice) : notice));
  const bundled = bundleReplies(rest, context);
  return {
    message,
    notices: [...notices, ...bundled.parts],
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
  unsent: readonly PlannedNotice[],
  context: Omit<GatherContext, 'cause'>,
): Gathered {
  const joined = [...Map.groupBy(unsent, ({ operationId, id }) => operationId ?? id).values()].map(
    joinReplies,
  );
  const gathered = gatherNotices(
    joined.flatMap(({ told }) => told),
    { ...context, cause: 'storm' },
  );
  const before = joined.flatMap(({ merged, told: [one] }) =>
    one ? merged.map((id) => [id, gathered.merged.get(one.id) ?? one.id] as const) : [],
  );
  return { ...gathered, merged: new Map([...gathered.merged, ...before]) };
}

/** One task's replies in one: the latest change, and what led there. */
function joinReplies(replies: readonly PlannedNotice[]): {
  readonly told: readonly PlannedNotice[];
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

function isNews(content: NoticeContent): boolean {
  return content.kind === 'change' || content.kind === 'summary' || content.kind === 'summary-part';
}

/** New messages are counted apart from replies: up to five new tasks are told one by one, whatever else goes on. */
function isLoud(unsent: readonly PlannedNotice[], roots: readonly PlannedNotice[]): boolean {
  const shown = unsent.filter(({ place, broadcast }) => place === 'reply' && broadcast);
  return roots.length > MAX_SINGLE_ROOTS || shown.length > MAX_SINGLE_ROOTS;
}

/** After a hold everything is news to the channel; in a storm only what would have shown in it. */
function countsReply(notice: PlannedNotice, cause: SummaryCause, loud: boolean): boolean {
  if (cause === 'quiet' || cause === 'suspended') return true;
  return loud && notice.broadcast;
}

function needsSummary(
  entries: readonly SummaryEntry[],
  roots: readonly PlannedNotice[],
  cause: SummaryCause,
  loud: boolean,
): boolean {
  if (cause === 'storm') return loud;
  if (cause === 'away') return roots.length > 0 || loud;
  // One task that was held back is told as itself: its message shows how it stands. A summary stays one.
  return entries.length > 1 || roots.some(({ content }) => content.kind === 'summary');
}

/** One task's held notices: its root shows what they led to, or its replies go out, the last of them to the channel. */
function withoutSummary(
  unsent: readonly PlannedNotice[],
  roots: readonly PlannedNotice[],
  context: GatherContext,
): Gathered {
  const nothing = { message: null, dropped: [] };
  const [root] = roots;
  const held = context.cause === 'quiet' || context.cause === 'suspended';
  if (!held || !root) {
    const { parts, kept, merged } = bundleReplies(held ? lastAloud(unsent) : unsent, context);
    return { ...nothing, notices: parts, kept, merged };
  }
  const told = unsent.filter(
    ({ messageId, place, content }) =>
      place === 'reply' && messageId === root.messageId && content.kind === 'change',
  );
  const gone = new Set(told);
  const calling = withMentions(root, mentionsOf([root, ...told]));
  return {
    ...nothing,
    notices: [],
    kept: unsent.flatMap((notice) => (gone.has(notice) ? [] : notice === root ? calling : notice)),
    merged: new Map(told.map(({ id }) => [id, root.id])),
  };
}

/** Of the replies that would show in the channel only the last one does, and calls everybody whom they call. */
function lastAloud(unsent: readonly PlannedNotice[]): readonly PlannedNotice[] {
  const aloud = unsent.filter(({ broadcast }) => broadcast);
  const last = aloud.at(-1);
  if (!last || aloud.length === 1) return unsent;
  const calling = withMentions(last, mentionsOf(aloud));
  return unsent.map((notice) => (notice === last ? calling : notice.broadcast ? silenced(notice) : notice));
}

/** A reply whose thread alone shows it, and that calls nobody. */
function silenced(notice: PlannedNotice): PlannedNotice {
  return withMentions({ ...notice, broadcast: false }, []);
}

function withMentions(notice: PlannedNotice, mentions: readonly Mention[]): PlannedNotice {
  return notice.content.kind === 'change' ? { ...notice, content: { ...notice.content, mentions } } : notice;
}
