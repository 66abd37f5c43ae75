import type { Reply } from '../../sandbox/workspace/types.ts';
import type { Workspace } from '../../sandbox/workspace/workspace.ts';
import { notificationIdOf } from '../../src/notify/message-id.ts';
import { steadyContent, steadyText } from './steady.ts';
import type { Told, ToldChannels } from './told.ts';

/**
 * Reads what the channels show. `marks`: how many posts there were at the end of each step. `notifications-only`: without what
 * answers people, which has no notification's id.
 */
export function readChannels(
  workspace: Workspace,
  names: readonly string[],
  marks: readonly number[],
  what: 'everything' | 'notifications-only' = 'everything',
): ToldChannels {
  const order = new Map(
    workspace.posts.flatMap(({ kind, channel, ts }, place) =>
      kind === 'post' ? [[`${channel} ${ts}`, place] as const] : [],
    ),
  );
  const told = (message: Reply): Told => {
    const place = order.get(`${message.channel} ${message.ts}`) ?? 0;
    return {
      text: steadyText(message.text),
      shown: steadyContent(message),
      broadcast: message.broadcast,
      step: marks.findIndex((end) => place < end),
      notification: notificationIdOf(message),
    };
  };
  return Object.fromEntries(
    names.map((name) => [
      name,
      workspace
        .channel(name)
        .filter((root) => what === 'everything' || notificationIdOf(root) !== null)
        .map((root) => ({ ...told(root), replies: root.replies.map(told) })),
    ]),
  );
}
