import type { ChangeKind } from '../../src/core/change/changes.ts';
import type { NoticeContent, SummaryEntry } from '../../src/core/notification/notification-content.ts';
import type { PlannedNotice } from '../../src/core/notification/planned-notification.ts';
import type { Mention } from '../../src/core/subscription/subscription.ts';
import { aTally, NOON } from './tasks.ts';

interface Words extends Partial<PlannedNotice> {
  readonly mentions?: readonly Mention[];
  readonly earlier?: readonly ChangeKind[];
}

/** A notice of one change of a task, in channel C1: by default a reply under the task's own message. */
export function aNotice(
  id: string,
  operationId: string,
  change: ChangeKind,
  { mentions = [], earlier = [], ...words }: Words = {},
): PlannedNotice {
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

/** The first notice of a task. */
export function aRoot(id: string, operationId: string, change: ChangeKind, words: Words = {}): PlannedNotice {
  return aNotice(id, operationId, change, { place: 'root', ...words });
}

/** What a notice says of tasks: their ids, latest change first of what it went through before. */
export function entriesOf(content: NoticeContent): readonly SummaryEntry[] {
  return content.kind === 'summary' || content.kind === 'summary-part' ? content.entries : [];
}
