import type { StaticSelectAction } from '@slack/bolt';
import { muteTask as mute } from '../../../act/mute.ts';
import { muteChosen } from '../../../core/notification/mute.ts';
import type { Instant } from '../../../lib/instant.ts';
import { date } from '../../../render/blocks/text.ts';
import type { SlackParts } from '../../app/parts.ts';
import { onRootPress, type RootPressParts } from './on-root-press.ts';

/**
 * Mute: no posts about the task in this channel for a while. The root message shows by whom and until when.
 */
export function muteTask(parts: RootPressParts & Pick<SlackParts, 'wake'>) {
  return onRootPress<StaticSelectAction>(parts, async (root, { action, userId, fields }) => {
    const at = parts.now();
    const chosen = muteChosen(action.selected_option?.value, at);
    if (chosen === null) {
      parts.log.warn({ ...fields, reason: 'unreadable-value' }, 'button ignored');
      return UNUSABLE;
    }
    await mute(parts, root, { ...chosen, by: userId, at });
    parts.wake();
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
