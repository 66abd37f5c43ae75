import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  StaticSelectAction,
} from '@slack/bolt';
import { NOT_OURS } from '../../../render/subscription/subscription-notes.ts';
import { findTaskRoot, type TaskRoot } from '../../../store/notification/find-task-root.ts';
import { pressedMessage } from '../../answer/place.ts';
import { privately, sayPrivately } from '../../answer/response.ts';
import { showOf } from '../../answer/show-of.ts';
import { homeAt } from '../../app/middleware/home-team.ts';
import type { SlackParts } from '../../app/parts.ts';
import { guarded } from '../guarded.ts';
import { pressFields } from '../task/pressed-task.ts';

type RootAction = ButtonAction | StaticSelectAction;

/**
 * Does something about the task in whose root message was pressed, and tells whoever pressed what comes back, if
 * anything. Which task that is, is looked up by channel and message: what a press brings along could be forged.
 */
export async function pressOnRoot<A extends RootAction>(
  parts: SlackParts,
  { action, body, client, context }: SlackActionMiddlewareArgs<BlockAction<A>> & AllMiddlewareArgs,
  work: (root: TaskRoot) => Promise<string | null>,
): Promise<void> {
  const fields = pressFields(action, body);
  await guarded(parts, fields, showOf(parts, client, body), async () => {
    const pressed = pressedMessage(body);
    const root = pressed === null ? null : await findTaskRoot(parts.db, pressed.channel, pressed.ts);
    if (root === null) {
      parts.log.warn({ ...fields, reason: 'no-root' }, 'button ignored');
      return sayPrivately(NO_ROOT);
    }
    const home = homeAt(context);
    const { owners } = parts.workspaces;
    // Whose it is comes first: learning from whoever presses would hand the channel to another workspace.
    if ((await owners.of(root.channel)) !== null && !(await owners.isOwn(root.channel, home))) {
      parts.log.warn({ ...fields, reason: 'not-theirs' }, 'button ignored');
      return privately(NOT_OURS);
    }
    await owners.learn(root.channel, home);
    const told = await work(root);
    return told === null ? null : sayPrivately(told);
  });
}

const NO_ROOT =
  'I no longer keep this message up to date, so nothing was changed. Ask with `/upgrades` how things stand.';
