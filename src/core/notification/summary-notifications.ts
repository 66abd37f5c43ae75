import type { Instant } from '../../lib/instant.ts';
import type { Mention } from '../subscription/subscription.ts';
import type { SummaryCause, SummaryEntry } from './notification-content.ts';
import type { PlannedMessage, PlannedNotice } from './planned-notification.ts';

/** Tasks named by one reply of a summary's thread: each takes a line, and a reply stays readable. */
export const ENTRIES_PER_REPLY = 20;

/**
 * More new messages than this in one channel at once are told in one summary, and so are more replies that the channel
 * sees as well.
 */
export const MAX_SINGLE_ROOTS = 5;
interface Moment {
  readonly now: Instant;
  readonly newId: () => string;
}

/** A summary's first message and the parts of its thread. `counted` are the notices it stands for. */
export function summaryNotices(
  { id: messageId, channel }: PlannedMessage,
  entries: readonly SummaryEntry[],
  counted: readonly PlannedNotice[],
  { cause, now, newId }: Moment & { readonly cause: SummaryCause },
): readonly PlannedNotice[] {
  const happenedAt = entries.reduce((earliest, { at }) => Math.min(earliest, at), now);
  const noticedAt = lastNoticed(counted, now);
  const common = { channel, operationId: null, messageId, broadcast: false, happenedAt, noticedAt };
  const mentions = mentionsOf(counted);
  const root: PlannedNotice = {
    ...common,
    id: newId(),
    place: 'root',
    content: { kind: 'summary', cause, noticedAt: now, entries, mentions },
    hold: null,
  };
  return [root, ...inParts(entries).map((part) => partNotice(common, part, { now, newId }))];
}

/** What is told of changes was noticed with the last of them: gathering them anew makes nothing younger. */
export function lastNoticed(notices: readonly PlannedNotice[], now: Instant): Instant {
  return notices.length === 0 ? now : notices.reduce((latest, one) => Math.max(latest, one.noticedAt), 0);
}

/** Entries as replies name them. */
export function inParts(entries: readonly SummaryEntry[]): readonly (readonly SummaryEntry[])[] {
  return Array.from({ length: Math.ceil(entries.length / ENTRIES_PER_REPLY) }, (_, index) =>
    entries.slice(index * ENTRIES_PER_REPLY, (index + 1) * ENTRIES_PER_REPLY),
  );
}

/** A reply that names some of a summary's tasks. */
export function partNotice(
  common: Omit<PlannedNotice, 'id' | 'place' | 'content' | 'hold'>,
  entries: readonly SummaryEntry[],
  { now, newId }: Moment,
): PlannedNotice {
  return {
    ...common,
    id: newId(),
    place: 'reply',
    content: { kind: 'summary-part', noticedAt: now, entries },
    hold: null,
  };
}

/** One line for each task: its latest change, and what it went through before. */
export function entriesOf(notices: readonly PlannedNotice[]): readonly SummaryEntry[] {
  const counted = countedBefore(notices);
  const entries = new Map<string, SummaryEntry>();
  for (const notice of notices) {
    for (const entry of entriesOfNotice(notice)) {
      const summary = notice.content.kind === 'change' ? counted.get(entry.operationId) : undefined;
      // Its news stands in that summary; what is in the summary's own thread came after it.
      if (summary && notice.noticedAt <= summary.until && notice.messageId !== summary.messageId) continue;
      const before = entries.get(entry.operationId);
      const earlier = before ? [...before.earlier, before.change, ...entry.earlier] : entry.earlier;
      entries.set(entry.operationId, { ...entry, earlier });
    }
  }
  return [...entries.values()];
}

/** Tasks named by summaries among these notices, which are told anew: by which, and until when it holds their changes. */
function countedBefore(notices: readonly PlannedNotice[]) {
  return new Map(
    notices.flatMap(({ content, messageId }) =>
      content.kind === 'summary'
        ? content.entries.map(
            ({ operationId }) => [operationId, { until: content.noticedAt, messageId }] as const,
          )
        : [],
    ),
  );
}

function entriesOfNotice({ operationId, place, content }: PlannedNotice): readonly SummaryEntry[] {
  if (content.kind === 'summary') return content.entries;
  // The parts of a summary's thread name the tasks that the summary itself counts.
  if (content.kind !== 'change' || operationId === null || place === 'note') return [];
  return [{ operationId, change: content.change, at: content.at, earlier: content.earlier }];
}

/** Everybody whom these notices call, each once. */
export function mentionsOf(notices: readonly PlannedNotice[]): readonly Mention[] {
  const all = notices.flatMap(({ content }) =>
    content.kind === 'change' || content.kind === 'summary' ? content.mentions : [],
  );
  return [...new Map(all.map((mention) => [JSON.stringify(mention), mention])).values()];
}

export interface Bundled {
  /** What stands for many replies. */
  readonly parts: readonly PlannedNotice[];
  /** Told as they are. */
  readonly kept: readonly PlannedNotice[];
  /** Told by a part: which by which. */
  readonly merged: ReadonlyMap<string, string>;
}

/** Many replies for one thread, such as a summary's whose tasks move on together, become a few that name the tasks. */
export function bundleReplies(
  notices: readonly PlannedNotice[],
  { now, newId }: { readonly now: Instant; readonly newId: () => string },
): Bundled {
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
      const part = partNotice(common, entries, { now, newId });
      for (const { operationId } of entries) {
        for (const { id } of ids.get(operationId) ?? []) merged.set(id, part.id);
      }
      return part;
    });
  });
  return { parts, merged, kept: notices.filter(({ id }) => !merged.has(id)) };
}
