import { type Message, section } from '../blocks/message.ts';
import { code, cut } from '../blocks/text.ts';

/** A notice whose usual form could not be made: what is known of it, so that nobody waits for it in vain. */
export function unrenderedNotice(kind: string, operationId: string | null): Message {
  const what = operationId === null ? 'Upgrade tasks' : `Upgrade task ${code(cut(operationId, 256))}`;
  const text = `${what}: ${cut(kind, 40)}. I cannot show more of it; \`/upgrades\` does, and my log says why.`;
  return { text, blocks: [section(`:warning: ${text}`)] };
}
