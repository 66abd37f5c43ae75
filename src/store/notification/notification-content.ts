import type { NoticeContent } from '../../core/notification/notification-content.ts';
import type { NoticeRow } from '../engine/schema.ts';

/** What a stored notice says. Rows of earlier versions lack what was not known then. */
export function contentOf(row: Pick<NoticeRow, 'content' | 'noticed_at'>): NoticeContent {
  // Written by `writeOutbox` from the same type; nobody else writes this column.
  const content = JSON.parse(row.content) as NoticeContent;
  if (content.kind === 'change') {
    return { ...{ movedAt: row.noticed_at, mentions: [], earlier: [] }, ...content };
  }
  if (content.kind === 'summary') {
    const entries = content.entries.map((entry) => ({ ...{ earlier: [] }, ...entry }));
    return { ...{ mentions: [] }, ...content, entries };
  }
  if (content.kind === 'summary-part') {
    return { ...content, entries: content.entries.map((entry) => ({ ...{ earlier: [] }, ...entry })) };
  }
  return content;
}
