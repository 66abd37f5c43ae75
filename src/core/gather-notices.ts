import type { NoticeContent, SummaryCause, SummaryEntry } from './notice-content.ts';
import type { PlannedMessage, PlannedNotice } from './planned-notice.ts';
import type { Mention } from './subscription.ts';
import type { Instant } from './task.ts';

/** More new messages than this in one channel at once are told in one summary (DESIGN section 9, fine points). */
export const MAX_SINGLE_ROOTS = 5;
/** Tasks named by one reply of a summary's thread: each takes a line, and a reply stays readable. */
export const ENTRIES_PER_REPLY = 20;

export interface GatherContext {
  readonly channel: string;
  readonly cause: SummaryCause;
  readonly now: Instant;
  readonly newId: () => string;
}

/** What becomes of notices of one channel that are told together. */
export interface Gathered {
  /** The summary's message; null where none was needed. */
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
  const inDropped = (notice: PlannedNotice) =>
    notice.place === 'reply' && notice.messageId !== null && dropped.has(notice.messageId);
  const loud = unsent.filter(({ broadcast }) => broadcast).length + roots.length > MAX_SINGLE_ROOTS;
  const counts = (notice: PlannedNotice) =>
    roots.includes(notice) ||
    inDropped(notice) ||
    (notice.place === 'reply' && countsReply(notice, cause, loud));
  const counted = unsent.filter((notice) => isNews(notice.content) && counts(notice));
  const entries = entriesOf(counted);
  if (!needsSummary(entries, roots, cause, loud)) return withoutSummary(unsent, roots, context);
  const message: PlannedMessage = {
    id: context.newId(),
    channel: context.channel,
    kind: 'summary',
    operationIds: entriesOf(unsent.filter((notice) => roots.includes(notice))).map(
      ({ operationId }) => operationId,
    ),
  };
  const notices = summaryNotices(message, entries, mentionsOf(counted), context);
  const summaryId = notices[0]?.id ?? message.id;
  const gone = unsent.filter((notice) => roots.includes(notice) || inDropped(notice));
  const rest = unsent
    .filter((notice) => !gone.includes(notice))
    .map((notice) => (counted.includes(notice) ? { ...notice, broadcast: false } : notice));
  const bundled = bundleReplies(rest, context);
  return {
    message,
    notices: [...notices, ...bundled.parts],
    kept: bundled.kept,
    merged: new Map([...gone.map(({ id }) => [id, summaryId] as const), ...bundled.merged]),
    dropped: [...dropped],
  };
}

function isNews(content: NoticeContent): boolean {
  return content.kind === 'change' || content.kind === 'summary' || content.kind === 'summary-part';
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
  // One task that was held back is told as itself: its message shows how it stands.
  return entries.length > 1;
}

/** One task's held notices: its root tells what led there, or its replies go out as they are. */
function withoutSummary(
  unsent: readonly PlannedNotice[],
  roots: readonly PlannedNotice[],
  context: GatherContext,
): Gathered {
  const [root] = roots;
  const held = context.cause === 'quiet' || context.cause === 'suspended';
  if (!root || !held) {
    const { parts, kept, merged } = bundleReplies(unsent, context);
    return { message: null, notices: parts, kept, merged, dropped: [] };
  }
  const told = unsent.filter(
    ({ messageId, place, content }) =>
      place === 'reply' && messageId === root.messageId && content.kind === 'change',
  );
  return {
    message: null,
    notices: [],
    kept: unsent.filter((notice) => !told.includes(notice)),
    merged: new Map(told.map(({ id }) => [id, root.id])),
    dropped: [],
  };
}

/** One line for each task: its latest change, and what it went through before. */
function entriesOf(notices: readonly PlannedNotice[]): readonly SummaryEntry[] {
  const entries = new Map<string, SummaryEntry>();
  for (const entry of notices.flatMap(entriesOfNotice)) {
    const before = entries.get(entry.operationId);
    const earlier = before ? [...before.earlier, before.change, ...entry.earlier] : entry.earlier;
    entries.set(entry.operationId, { ...entry, earlier });
  }
  return [...entries.values()];
}

function entriesOfNotice({ operationId, place, content }: PlannedNotice): readonly SummaryEntry[] {
  if (content.kind === 'summary') return content.entries;
  // The parts of a summary's thread name the tasks that the summary itself counts.
  if (content.kind !== 'change' || operationId === null || place === 'note') return [];
  return [{ operationId, change: content.change, at: content.at, earlier: content.earlier }];
}

function mentionsOf(notices: readonly PlannedNotice[]): readonly Mention[] {
  const all = notices.flatMap(({ content }) =>
    content.kind === 'change' || content.kind === 'summary' ? content.mentions : [],
  );
  return [...new Map(all.map((mention) => [JSON.stringify(mention), mention])).values()];
}

function summaryNotices(
  { id: messageId, channel }: PlannedMessage,
  entries: readonly SummaryEntry[],
  mentions: readonly Mention[],
  { cause, now, newId }: GatherContext,
): readonly PlannedNotice[] {
  const happenedAt = entries.reduce((earliest, { at }) => Math.min(earliest, at), now);
  const common = { channel, operationId: null, messageId, broadcast: false, happenedAt, noticedAt: now };
  const root: PlannedNotice = {
    ...common,
    id: newId(),
    place: 'root',
    content: { kind: 'summary', cause, noticedAt: now, entries, mentions },
    hold: null,
  };
  return [root, ...inParts(entries).map((part) => partNotice(common, part, { now, newId }))];
}

function inParts(entries: readonly SummaryEntry[]): readonly (readonly SummaryEntry[])[] {
  return Array.from({ length: Math.ceil(entries.length / ENTRIES_PER_REPLY) }, (_, index) =>
    entries.slice(index * ENTRIES_PER_REPLY, (index + 1) * ENTRIES_PER_REPLY),
  );
}

function partNotice(
  common: Omit<PlannedNotice, 'id' | 'place' | 'content' | 'hold'>,
  entries: readonly SummaryEntry[],
  { now, newId }: Pick<GatherContext, 'now' | 'newId'>,
): PlannedNotice {
  return {
    ...common,
    id: newId(),
    place: 'reply',
    content: { kind: 'summary-part', noticedAt: now, entries },
    hold: null,
  };
}

/** Many replies for one thread, such as a summary's whose tasks move on together, become a few that name the tasks. */
function bundleReplies(
  notices: readonly PlannedNotice[],
  { now, newId }: GatherContext,
): Pick<Gathered, 'kept' | 'merged'> & { readonly parts: readonly PlannedNotice[] } {
  const replies = notices.filter(
    ({ place, broadcast, content }) => place === 'reply' && !broadcast && content.kind === 'change',
  );
  const crowded = [...Map.groupBy(replies, ({ messageId }) => messageId)].filter(
    ([, some]) => some.length > MAX_SINGLE_ROOTS,
  );
  const merged = new Map<string, string>();
  const parts = crowded.flatMap(([messageId, some]) => {
    const [first] = some;
    if (!first) return [];
    const common = {
      channel: first.channel,
      operationId: null,
      messageId,
      broadcast: false,
      happenedAt: some.reduce((earliest, { happenedAt }) => Math.min(earliest, happenedAt), first.happenedAt),
      noticedAt: now,
    };
    return inParts(entriesOf(some)).map((entries) => {
      const part = partNotice(common, entries, { now, newId });
      const named = new Set(entries.map(({ operationId }) => operationId));
      for (const { id, operationId } of some) {
        if (operationId !== null && named.has(operationId)) merged.set(id, part.id);
      }
      return part;
    });
  });
  return { parts, merged, kept: notices.filter(({ id }) => !merged.has(id)) };
}
