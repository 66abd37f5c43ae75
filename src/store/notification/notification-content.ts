import type { NotificationContent } from '../../core/notification/notification-content.ts';
import type { NotificationRow } from '../engine/outbox-schema.ts';

/** Parses the content of a stored notification. */
export function contentOf({ content }: Pick<NotificationRow, 'content'>): NotificationContent {
  // Written by `writeOutbox` from the same type; nothing else writes this column.
  return JSON.parse(content) as NotificationContent;
}
