import type { Instant } from '../../lib/instant.ts';
import type { SummaryCause, SummaryEntry } from './notification-content.ts';
import type { PlannedMessage, PlannedNotice } from './planned-notification.ts';
import { mentionsOf } from './summary-entries.ts';

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
