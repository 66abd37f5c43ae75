import { edit } from '../slack/out/edit.ts';
import type { MessageRow } from '../store/engine/outbox-schema.ts';
import { markEdited } from '../store/notification/outbox.ts';
import type { LaneParts } from './delivery-parts.ts';
import { remakeRoot } from './remake-root.ts';
import { fingerprint, renderMessage } from './render-notification.ts';

/** How long to wait before the next edit of this channel is tried, in milliseconds; null: go on. */
export type EditWait = number | null;

/**
 * Brings one root to the present state of its tasks. An edit always carries everything, so it may be repeated safely;
 * edits that pile up collapse into one, and a rendering that would change nothing is not sent.
 */
export async function editMessage(parts: LaneParts, message: MessageRow): Promise<EditWait> {
  const { db, clientFor, now, log } = parts;
  const rendered = await renderMessage(parts, message);
  const shown = rendered === null ? message.shown : fingerprint(rendered);
  if (rendered === null || shown === message.shown || message.ts === null) {
    await markEdited(db, message, { shown, at: now() });
    return null;
  }
  const { channel, ts } = message;
  const outcome = await edit(clientFor(channel), { channel, ts }, rendered);
  const failure = outcome.kind === 'failed' ? outcome.failure : null;
  if (failure !== null) {
    log.warn({ channel, message: message.id, reason: failure.reason }, 'root not edited');
    if (failure.repeat !== 'refused') {
      const wait = failure.retryAfter ?? (failure.about === 'token' ? 60_000 : 5_000);
      // It goes to the end of the line: the others get their turn before it is tried again.
      const unchanged = { ...message, wanted_version: message.shown_version };
      await markEdited(db, unchanged, { shown: message.shown, at: now() + wait });
      return wait;
    }
  }
  if (failure?.about === 'gone') {
    await remakeRoot(parts, message);
    return null;
  }
  // Closed for editing: it stays as it is. In a channel that is closed to us it shows nobody knows what, until the channel
  // is taken up again.
  await markEdited(db, message, { shown: failure?.about === 'channel' ? null : shown, at: now() });
  return null;
}
