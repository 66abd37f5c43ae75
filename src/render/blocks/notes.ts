import type { KnownBlock } from '@slack/types';
import { context, type Message, section } from './message.ts';
import { code, cut } from './text.ts';

/** Why a notification was held back; null if it was not. */
export type Held = 'quiet' | 'muted' | 'suspended' | null;

/** Shown under a message that may already be in the channel. */
export const REPEATED =
  ':grey_exclamation: Possibly repeated: Slack’s answer to the first sending was lost, and the channel’s history could not be read.';

const HELD: Readonly<Record<Exclude<Held, null>, string>> = {
  quiet: 'Held during quiet hours.',
  muted: 'Held while muted.',
  suspended: 'Kept while I could not post here.',
};

/** Notes under a notification about its delivery: why it is late, and whether it may be a repeat. */
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

/** Replaces a notification that could not be rendered: says what is known, so that the change is not missed. */
export function unrenderedNotification(kind: string, operationId: string | null): Message {
  const what = operationId === null ? 'Upgrade tasks' : `Upgrade task ${code(cut(operationId, 256))}`;
  const text = `${what}: ${cut(kind, 40)}. I cannot show more of it; \`/upgrades\` does, and my log says why.`;
  return { text, blocks: [section(`:warning: ${text}`)] };
}
