import { unmuteTask as unmute } from '../../../act/mute.ts';
import type { SlackParts } from '../../app/parts.ts';
import { onRootPress, type RootPressParts } from './on-root-press.ts';

/** Unmute: posts about the task resume, including what was held meanwhile. */
export function unmuteTask(parts: RootPressParts & Pick<SlackParts, 'wake'>) {
  return onRootPress(parts, async (root) => {
    const mute = await unmute(parts, root);
    parts.wake();
    if (mute === null) return 'This task was not muted any more.';
    return mute.until === null
      ? 'Unmuted: what happens to this task is posted here again.'
      : 'Unmuted: what happens to this task is posted here again, and with it what was held meanwhile.';
  });
}
