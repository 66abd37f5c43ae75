import { seenBy } from '../core/change/alarms/own-rules.ts';
import { standingAlarms } from '../core/change/alarms/standing-alarms.ts';
import type { Acknowledgement } from '../core/notification/acknowledgement.ts';
import { inTransaction } from '../store/engine/in-transaction.ts';
import { acknowledge, readAcknowledgement } from '../store/notification/acknowledgements.ts';
import type { TaskRoot } from '../store/notification/find-task-root.ts';
import { wantEdits } from '../store/notification/outbox.ts';
import { readSubscriptionsOf } from '../store/subscription/subscriptions.ts';
import { readWatchedTasks } from '../store/task/tasks.ts';
import type { RootParts } from './mute.ts';

export type Acknowledged =
  | { readonly kind: 'recorded' }
  | { readonly kind: 'taken'; readonly first: Acknowledgement }
  /** Nothing is wrong with the task any more. */
  | { readonly kind: 'fine' };

/** Records who looks after a task's trouble, unless somebody does already; its root will show it. */
export async function acknowledgeTask(
  { db, now }: RootParts,
  { messageId, channel, operationId }: TaskRoot,
  by: string,
): Promise<Acknowledged> {
  return await inTransaction(db, async (tx) => {
    const watched = (await readWatchedTasks(tx, [operationId])).get(operationId);
    const subscriptions = await readSubscriptionsOf(tx, channel);
    // On a message not edited yet; recorded now, it would hide the button from the next trouble.
    const troubled = watched !== undefined && standingAlarms(seenBy(watched, subscriptions)).length > 0;
    if (troubled && (await acknowledge(tx, channel, operationId, { by, at: now() }))) {
      await wantEdits(tx, [messageId]);
      return { kind: 'recorded' };
    }
    const first = await readAcknowledgement(tx, channel, operationId);
    return first === null ? { kind: 'fine' } : { kind: 'taken', first };
  });
}
