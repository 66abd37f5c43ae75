import type { ChangeKind } from '../../src/core/change/changes.ts';
import type { NotificationContent, SummaryEntry } from '../../src/core/notification/notification-content.ts';
import type { PlannedNotification } from '../../src/core/notification/planned-notification.ts';
import type { Mention } from '../../src/core/subscription/subscription.ts';
import { aTally, NOON } from './tasks.ts';

interface Words extends Partial<PlannedNotification> {
  readonly mentions?: readonly Mention[];
  readonly earlier?: readonly ChangeKind[];
}

/** A notification of one change of a task, in channel C1: by default a reply under the task's own message. */
export function aNotification(
  id: string,
  operationId: string,
  change: ChangeKind,
  { mentions = [], earlier = [], ...words }: Words = {},
): PlannedNotification {
  return {
    ...{ id, channel: 'C1', place: 'reply', operationId, messageId: `m-${operationId}`, broadcast: false },
    ...{ happenedAt: NOON, noticedAt: NOON, hold: null },
    content: {
      ...{ kind: 'change', change, at: NOON, noticedAt: NOON, status: 'running', tally: aTally() },
      ...{ statusWord: null, startTime: null, stopTime: null, movedAt: NOON, mentions, earlier },
    },
    ...words,
  };
}

/** The first notification of a task. */
export function aRoot(
  id: string,
  operationId: string,
  change: ChangeKind,
  words: Words = {},
): PlannedNotification {
  return aNotification(id, operationId, change, { place: 'root', ...words });
}

/** What a notification says of tasks: their ids, latest change first of what it went through before. */
export function entriesOf(content: NotificationContent): readonly SummaryEntry[] {
  return content.kind === 'summary' || content.kind === 'summary-part' ? content.entries : [];
}
