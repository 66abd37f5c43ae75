import type { NoticeContent } from '../../core/notification/notification-content.ts';
import type { NoticeRow } from '../engine/outbox-schema.ts';

/** What a stored notice says. */
export function contentOf({ content }: Pick<NoticeRow, 'content'>): NoticeContent {
  // Written by `writeOutbox` from the same type; nobody else writes this column.
  return JSON.parse(content) as NoticeContent;
}
