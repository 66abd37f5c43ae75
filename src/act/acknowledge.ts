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
  /** The task has no trouble any more. */
  | { readonly kind: 'fine' };

/** Records an acknowledgement, unless the task already has one. The root message will show it. */
export async function acknowledgeTask(
  { db, now }: RootParts,
  { messageId, channel, operationId }: TaskRoot,
  by: string,
): Promise<Acknowledged> {
  return await inTransaction(db, async (tx) => {
    const watched = (await readWatchedTasks(tx, [operationId])).get(operationId);
    const subscriptions = await readSubscriptionsOf(tx, channel);
    // The message may be out of date and still have the button. Recorded now, an acknowledgement would hide the
    // button when the next trouble starts.
    const troubled = watched !== undefined && standingAlarms(seenBy(watched, subscriptions)).length > 0;
    if (troubled && (await acknowledge(tx, channel, operationId, { by, at: now() }))) {
      await wantEdits(tx, [messageId]);
      return { kind: 'recorded' };
    }
    const first = await readAcknowledgement(tx, channel, operationId);
    return first === null ? { kind: 'fine' } : { kind: 'taken', first };
  });
}
