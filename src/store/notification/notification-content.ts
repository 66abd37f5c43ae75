import type { NotificationContent } from '../../core/notification/notification-content.ts';
import type { NotificationRow } from '../engine/outbox-schema.ts';

/** What a stored notification says. */
export function contentOf({ content }: Pick<NotificationRow, 'content'>): NotificationContent {
  // Written by `writeOutbox` from the same type; nobody else writes this column.
  return JSON.parse(content) as NotificationContent;
}
