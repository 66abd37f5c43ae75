import { markEdited } from '../store/outbox.ts';
import type { MessageRow } from '../store/schema.ts';
import type { DeliveryParts } from './delivery-parts.ts';
import { fingerprint, renderMessage } from './render-notice.ts';
import { readSlackFailure } from './slack-failure.ts';

/** How long to wait before the next edit of this channel is tried, in milliseconds; null: go on. */
export type EditWait = number | null;

/**
 * Brings one root to the present state of its tasks. An edit always carries everything, so it may be repeated safely;
 * edits that pile up collapse into one, and a rendering that would change nothing is not sent.
 */
export async function editMessage(parts: DeliveryParts, message: MessageRow): Promise<EditWait> {
  const { db, client, now, log } = parts;
  const rendered = await renderMessage(db, message);
  const shown = rendered === null ? message.shown : fingerprint(rendered);
  if (rendered === null || shown === message.shown || message.ts === null) {
    await markEdited(db, message, { shown, at: now() });
    return null;
  }
  try {
    await client.chat.update({
      channel: message.channel,
      ts: message.ts,
      text: rendered.text,
      blocks: [...rendered.blocks],
      parse: 'none',
      link_names: false,
    });
    await markEdited(db, message, { shown, at: now() });
    return null;
  } catch (error) {
    const failure = readSlackFailure(error);
    log.warn({ channel: message.channel, message: message.id, reason: failure.reason }, 'root not edited');
    if (failure.repeat === 'refused') {
      // Deleted by somebody, or closed for editing: its thread goes on, the root stays as it is.
      await markEdited(db, message, { shown, at: now() });
      return null;
    }
    return failure.retryAfter ?? (failure.about === 'token' ? 60_000 : 5_000);
  }
}
