import type { Instant } from '../../lib/instant.ts';
import type { Mention } from '../subscription/subscription.ts';
import type { SummaryCause, SummaryEntry } from './notification-content.ts';
import type { PlannedMessage, PlannedNotification } from './planned-notification.ts';

/** Tasks named in one reply of a summary's thread: one line each keeps it readable. */
export const ENTRIES_PER_REPLY = 20;

/**
 * More new messages than this in one channel at once become one summary; so do more replies that also go to the
 * channel.
 */
export const MAX_SINGLE_ROOTS = 5;
interface Moment {
  readonly now: Instant;
  readonly newId: () => string;
}

/** A summary's root and the parts of its thread. `counted` are the notifications it covers. */
export function summaryNotifications(
  { id: messageId, channel }: PlannedMessage,
  entries: readonly SummaryEntry[],
  counted: readonly PlannedNotification[],
  { cause, now, newId }: Moment & { readonly cause: SummaryCause },
): readonly PlannedNotification[] {
  const happenedAt = entries.reduce((earliest, { at }) => Math.min(earliest, at), now);
  const noticedAt = lastNoticed(counted, now);
  const common = { channel, operationId: null, messageId, broadcast: false, happenedAt, noticedAt };
  const mentions = mentionsOf(counted);
  const root: PlannedNotification = {
    ...common,
    id: newId(),
    place: 'root',
    content: { kind: 'summary', cause, noticedAt: now, entries, mentions },
    hold: null,
  };
  return [root, ...inParts(entries).map((part) => partNotification(common, part, { now, newId }))];
}

/** A gathered notification counts as noticed with its last change: gathering again does not make it newer. */
function lastNoticed(notifications: readonly PlannedNotification[], now: Instant): Instant {
  return notifications.length === 0
    ? now
    : notifications.reduce((latest, one) => Math.max(latest, one.noticedAt), 0);
}

/** Entries split into one chunk per reply. */
function inParts(entries: readonly SummaryEntry[]): readonly (readonly SummaryEntry[])[] {
  return Array.from({ length: Math.ceil(entries.length / ENTRIES_PER_REPLY) }, (_, index) =>
    entries.slice(index * ENTRIES_PER_REPLY, (index + 1) * ENTRIES_PER_REPLY),
  );
}

/** A reply that names some of a summary's tasks. */
function partNotification(
  common: Omit<PlannedNotification, 'id' | 'place' | 'content' | 'hold'>,
  entries: readonly SummaryEntry[],
  { now, newId }: Moment,
): PlannedNotification {
  return {
    ...common,
    id: newId(),
    place: 'reply',
    content: { kind: 'summary-part', noticedAt: now, entries },
    hold: null,
  };
}

/** One line per task: its latest change, and those before it. */
export function entriesOf(notifications: readonly PlannedNotification[]): readonly SummaryEntry[] {
  const counted = countedBefore(notifications);
  const entries = new Map<string, SummaryEntry>();
  for (const notification of notifications) {
    for (const entry of entriesOfNotification(notification)) {
      const summary = notification.content.kind === 'change' ? counted.get(entry.operationId) : undefined;
      // That summary already has this change; one in the summary's own thread came later.
      if (summary && notification.noticedAt <= summary.until && notification.messageId !== summary.messageId)
        continue;
      const before = entries.get(entry.operationId);
      const earlier = before ? [...before.earlier, before.change, ...entry.earlier] : entry.earlier;
      entries.set(entry.operationId, { ...entry, earlier });
    }
  }
  return [...entries.values()];
}

/**
 * Tasks named by summaries among these notifications, which are being posted anew. Gives the summary's message and
 * the time up to which it holds their changes.
 */
function countedBefore(notifications: readonly PlannedNotification[]) {
  return new Map(
    notifications.flatMap(({ content, messageId }) =>
      content.kind === 'summary'
        ? content.entries.map(
            ({ operationId }) => [operationId, { until: content.noticedAt, messageId }] as const,
          )
        : [],
    ),
  );
}

function entriesOfNotification({
  operationId,
  place,
  content,
}: PlannedNotification): readonly SummaryEntry[] {
  if (content.kind === 'summary') return content.entries;
  // The parts of a summary's thread repeat the tasks the summary itself counts.
  if (content.kind !== 'change' || operationId === null || place === 'note') return [];
  return [{ operationId, change: content.change, at: content.at, earlier: content.earlier }];
}

/** Everyone these notifications mention, each once. */
export function mentionsOf(notifications: readonly PlannedNotification[]): readonly Mention[] {
  const all = notifications.flatMap(({ content }) =>
    content.kind === 'change' || content.kind === 'summary' ? content.mentions : [],
  );
  return [...new Map(all.map((mention) => [JSON.stringify(mention), mention])).values()];
}

interface Bundled {
  /** What replaces the replies. */
  readonly parts: readonly PlannedNotification[];
  /** Sent on their own. */
  readonly kept: readonly PlannedNotification[];
  /** Ids of replies covered by a part, mapped to that part's id. */
  readonly merged: ReadonlyMap<string, string>;
}

/** Many replies in one thread, as when a summary's tasks move on together, become a few that name the tasks. */
export function bundleReplies(
  notifications: readonly PlannedNotification[],
  { now, newId }: { readonly now: Instant; readonly newId: () => string },
): Bundled {
  const replies = notifications.filter(
    ({ place, broadcast, content }) => place === 'reply' && !broadcast && content.kind === 'change',
  );
  const crowded = [...Map.groupBy(replies, ({ messageId }) => messageId)].filter(
    ([, some]) => some.length > MAX_SINGLE_ROOTS,
  );
  const merged = new Map<string, string>();
  const parts = crowded.flatMap(([messageId, some]) => {
    const [first] = some;
    if (!first) return [];
    const ids = Map.groupBy(some, ({ operationId }) => operationId);
    const common = {
      channel: first.channel,
      operationId: null,
      messageId,
      broadcast: false,
      happenedAt: some.reduce((earliest, { happenedAt }) => Math.min(earliest, happenedAt), first.happenedAt),
      noticedAt: lastNoticed(some, now),
    };
    return inParts(entriesOf(some)).map((entries) => {
      const part = partNotification(common, entries, { now, newId });
      for (const { operationId } of entries) {
        for (const { id } of ids.get(operationId) ?? []) merged.set(id, part.id);
      }
      return part;
    });
  });
  return { parts, merged, kept: notifications.filter(({ id }) => !merged.has(id)) };
}
