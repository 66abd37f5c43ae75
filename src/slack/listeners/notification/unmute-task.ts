import { deleteMute, readMutes } from '../../../store/notification/mutes.ts';
import { wantEdits } from '../../../store/notification/outbox.ts';
import type { SlackParts } from '../../app/parts.ts';
import { onRootPress, type RootPressParts } from './on-root-press.ts';

/** Unmute: the channel hears of the task again, and of what was held meanwhile. */
export function unmuteTask(parts: RootPressParts & Pick<SlackParts, 'wake'>) {
  return onRootPress(parts, async ({ messageId, channel, operationId }) => {
    const { db, now, wake } = parts;
    const mute = (await readMutes(db, [operationId])).get(operationId)?.get(channel);
    await deleteMute(db, channel, operationId, now());
    await wantEdits(db, [messageId]);
    wake();
    if (mute === undefined) return 'This task was not muted any more.';
    return mute.until === null
      ? 'Unmuted: what happens to this task is posted here again.'
      : 'Unmuted: what happens to this task is posted here again, and with it what was held meanwhile.';
  });
}
