import type { ChangeKind } from '../../src/core/change/changes.ts';
import type {
  PlannedMessage,
  PlannedNotification,
} from '../../src/core/notification/planned-notification.ts';
import { NO_TALLY } from '../../src/core/task/tally.ts';
import { NOW } from './samples.ts';

/** A notification of one change, as the plan of a cycle puts it into the outbox. */
export function notification(
  id: string,
  words: Partial<PlannedNotification> & { readonly change?: ChangeKind } = {},
): PlannedNotification {
  const { change = 'failed', ...rest } = words;
  return {
    id,
    channel: 'C1',
    place: 'root',
    operationId: 'op-1',
    messageId: 'm-1',
    broadcast: false,
    happenedAt: NOW - 1_000,
    noticedAt: NOW,
    content: {
      kind: 'change',
      change,
      at: NOW - 1_000,
      noticedAt: NOW,
      status: 'failed',
      statusWord: null,
      tally: NO_TALLY,
      startTime: null,
      stopTime: null,
      movedAt: NOW,
      mentions: [],
      earlier: [],
    },
    hold: null,
    ...rest,
  };
}

export function message(id: string, words: Partial<PlannedMessage> = {}): PlannedMessage {
  return { id, channel: 'C1', kind: 'task', operationIds: ['op-1'], ...words };
}
