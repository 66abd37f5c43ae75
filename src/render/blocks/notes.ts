import type { KnownBlock } from '@slack/types';
import { context, type Message, section } from './message.ts';
import { code, cut } from './text.ts';

/** Why a notification was held back before it was told, if it was. */
export type Held = 'quiet' | 'muted' | 'suspended' | null;

/** Said under a message that may already stand in the channel. */
export const REPEATED =
  ':grey_exclamation: Possibly repeated: Slack’s answer to the first sending was lost, and the channel’s history could not be read.';

const HELD: Readonly<Record<Exclude<Held, null>, string>> = {
  quiet: 'Held during quiet hours.',
  muted: 'Held while muted.',
  suspended: 'Kept while I could not post here.',
};

/** What is said under a notification about its way to the channel: why it comes late, and whether it may stand there already. */
export function notes({
  held = null,
  doubtful,
}: {
  readonly held?: Held;
  readonly doubtful: boolean;
}): readonly KnownBlock[] {
  const lines = [...(held === null ? [] : [HELD[held]]), ...(doubtful ? [REPEATED] : [])];
  return lines.length === 0 ? [] : [context(lines.join('\n'))];
}

/** A notification whose usual form could not be made: what is known of it, so that nobody waits for it in vain. */
export function unrenderedNotification(kind: string, operationId: string | null): Message {
  const what = operationId === null ? 'Upgrade tasks' : `Upgrade task ${code(cut(operationId, 256))}`;
  const text = `${what}: ${cut(kind, 40)}. I cannot show more of it; \`/upgrades\` does, and my log says why.`;
  return { text, blocks: [section(`:warning: ${text}`)] };
}
