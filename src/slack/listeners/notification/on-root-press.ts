import type { ButtonAction, StaticSelectAction } from '@slack/bolt';
import { NOT_OURS } from '../../../render/subscription/subscription-notes.ts';
import { findTaskRoot, type TaskRoot } from '../../../store/notification/find-task-root.ts';
import { pressedMessage } from '../../answer/place.ts';
import { privately, sayPrivately } from '../../answer/response.ts';
import type { SlackParts } from '../../app/parts.ts';
import { guarded } from '../guarded.ts';
import { onPress, type Press, type PressParts } from '../on-press.ts';

export type RootPressParts = PressParts & Pick<SlackParts, 'db' | 'workspaces'>;

/**
 * A listener for presses on a task's root message. Any text the work returns goes to the user privately. The
 * task is looked up by channel and message, since the press's own data could be forged.
 */
export function onRootPress<A extends ButtonAction | StaticSelectAction = ButtonAction>(
  parts: RootPressParts,
  work: (root: TaskRoot, press: Press<A>) => Promise<string | null>,
) {
  return onPress<A>(parts, (press) =>
    guarded(parts, press, async () => {
      const { body, fields, home } = press;
      const pressed = pressedMessage(body);
      const root = pressed === null ? null : await findTaskRoot(parts.db, pressed.channel, pressed.ts);
      if (root === null) {
        parts.log.warn({ ...fields, reason: 'no-root' }, 'button ignored');
        return sayPrivately(NO_ROOT);
      }
      const { owners } = parts.workspaces;
      // Check the owner before learning it: otherwise any press could hand the channel to another workspace.
      if ((await owners.of(root.channel)) !== null && !(await owners.isOwn(root.channel, home))) {
        parts.log.warn({ ...fields, reason: 'not-theirs' }, 'button ignored');
        return privately(NOT_OURS);
      }
      await owners.learn(root.channel, home);
      const told = await work(root, press);
      return told === null ? null : sayPrivately(told);
    }),
  );
}

const NO_ROOT =
  'I no longer keep this message up to date, so nothing was changed. Ask with `/upgrades` how things stand.';
