import { seenBy } from '../../../core/change/alarms/own-rules.ts';
import { standingAlarms } from '../../../core/change/alarms/standing-alarms.ts';
import { person } from '../../../render/blocks/mentions.ts';
import { date } from '../../../render/blocks/text.ts';
import { inTransaction } from '../../../store/engine/in-transaction.ts';
import { acknowledge, readAcknowledgement } from '../../../store/notification/acknowledgements.ts';
import type { TaskRoot } from '../../../store/notification/find-task-root.ts';
import { wantEdits } from '../../../store/notification/outbox.ts';
import { readSubscriptionsOf } from '../../../store/subscription/subscriptions.ts';
import { readWatchedTasks } from '../../../store/task/tasks.ts';
import type { SlackParts } from '../../app/parts.ts';
import { onRootPress, type RootPressParts } from './on-root-press.ts';

/**
 * Acknowledge: whoever presses first looks after the task's trouble. The root shows it to everybody, so that nothing else
 * is said; who comes second is told who was first.
 */
export function acknowledgeTask(parts: RootPressParts & Pick<SlackParts, 'wake'>) {
  return onRootPress(parts, async (root, { userId: by }) => {
    if (await recorded(parts, root, by)) {
      parts.wake();
      return null;
    }
    const first = await readAcknowledgement(parts.db, root.channel, root.operationId);
    if (first === null) return FINE_AGAIN;
    const since = `since ${date(first.at)}`;
    return first.by === by
      ? `You look after it already, ${since}.`
      : `${person(first.by)} looks after it already, ${since}.`;
  });
}

/** Whether it is recorded now; not where somebody was first, or where nothing is wrong any more. */
async function recorded(
  { db, now }: Pick<SlackParts, 'db' | 'now'>,
  { messageId, channel, operationId }: TaskRoot,
  by: string,
): Promise<boolean> {
  return await inTransaction(db, async (tx) => {
    const watched = (await readWatchedTasks(tx, [operationId])).get(operationId);
    const subscriptions = await readSubscriptionsOf(tx, channel);
    // On a message not edited yet; recorded now, it would hide the button from the next trouble.
    const troubled = watched !== undefined && standingAlarms(seenBy(watched, subscriptions)).length > 0;
    if (!troubled || !(await acknowledge(tx, channel, operationId, { by, at: now() }))) return false;
    await wantEdits(tx, [messageId]);
    return true;
  });
}

const FINE_AGAIN = 'Nothing is wrong with this task any more, so nobody has to look after it.';
