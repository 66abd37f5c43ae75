import { acknowledgeTask as acknowledge } from '../../../act/acknowledge.ts';
import { person } from '../../../render/blocks/mentions.ts';
import { date } from '../../../render/blocks/text.ts';
import type { SlackParts } from '../../app/parts.ts';
import { onRootPress, type RootPressParts } from './on-root-press.ts';

/**
 * Acknowledge: the first user to press takes charge of the task's trouble. The root message shows it to
 * everybody, so nothing is posted; later users learn who was first.
 */
export function acknowledgeTask(parts: RootPressParts & Pick<SlackParts, 'wake'>) {
  return onRootPress(parts, async (root, { userId }) => {
    const outcome = await acknowledge(parts, root, userId);
    switch (outcome.kind) {
      case 'recorded':
        parts.wake();
        return null;
      case 'fine':
        return 'Nothing is wrong with this task any more, so nobody has to look after it.';
      case 'taken': {
        const { by, at } = outcome.first;
        const who = by === userId ? 'You look' : `${person(by)} looks`;
        return `${who} after it already, since ${date(at)}.`;
      }
    }
  });
}
