import type { Mention } from '../subscription/subscription.ts';
import type { SummaryEntry } from './notification-content.ts';
import type { PlannedNotice } from './planned-notification.ts';

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
