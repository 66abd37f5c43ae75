import type {
  AllMiddlewareArgs,
  BlockAction,
  SlackActionMiddlewareArgs,
  StaticSelectAction,
} from '@slack/bolt';
import { muteChosen } from '../../../core/notification/mute.ts';
import type { Instant } from '../../../lib/instant.ts';
import { date } from '../../../render/blocks/text.ts';
import { inTransaction } from '../../../store/engine/in-transaction.ts';
import { writeMute } from '../../../store/notification/mutes.ts';
import { wantEdits } from '../../../store/notification/outbox.ts';
import type { SlackParts } from '../../app/parts.ts';
import { pressFields } from '../task/pressed-task.ts';
import { pressOnRoot } from './press-on-root.ts';

/** Mute: this channel hears nothing of the task for a while. Its message shows by whom and until when. */
export function muteTask(parts: SlackParts) {
  return (
    args: SlackActionMiddlewareArgs<BlockAction<StaticSelectAction>> & AllMiddlewareArgs,
  ): Promise<void> =>
    pressOnRoot(parts, args, async ({ messageId, channel, operationId }) => {
      const { db, now, log, wake } = parts;
      const { action, body } = args;
      const at = now();
      const chosen = muteChosen(action.selected_option?.value, at);
      if (chosen === null) {
        log.warn({ ...pressFields(action, body), reason: 'unreadable-value' }, 'button ignored');
        return UNUSABLE;
      }
      await inTransaction(db, async (tx) => {
        await writeMute(tx, channel, operationId, { ...chosen, by: body.user.id, at });
        await wantEdits(tx, [messageId]);
      });
      wake();
      return muted(chosen.until);
    });
}

function muted(until: Instant | null): string {
  const [period, later] =
    until === null
      ? ['until it ends', 'Its end is posted']
      : [`until ${date(until)}`, 'What happens meanwhile is posted then'];
  return `Muted: no more posts about this task here ${period}. ${later}; its message goes on being edited. *Unmute* there ends this.`;
}

const UNUSABLE = 'I cannot read for how long to mute, so nothing was changed. Choose again.';
