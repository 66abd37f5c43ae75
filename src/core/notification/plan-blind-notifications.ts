import type { Instant } from '../../lib/instant.ts';
import type { Trouble } from '../question/answer.ts';
import { type ChannelHours, NO_HOURS } from '../subscription/subscription.ts';
import type { PlannedMessage, PlannedNotification } from './planned-notification.ts';
import { isQuiet } from './quiet-hours.ts';

/**
 * Polls that must fail in a row before channels are notified: one or two are over before anybody has read the
 * post.
 */
export const BLIND_AFTER = 3;

export interface BlindContext {
  readonly hours: ReadonlyMap<string, ChannelHours>;
  /** When the platform was last seen. */
  readonly since: Instant;
  readonly trouble: Trouble;
  readonly now: Instant;
  readonly newId: () => string;
}

/** Plans one message per channel saying that the platform is unreadable; it is edited once that is over. */
export function planBlindNotifications(
  channels: readonly string[],
  { hours, since, trouble, now, newId }: BlindContext,
): { readonly messages: readonly PlannedMessage[]; readonly notifications: readonly PlannedNotification[] } {
  const messages = channels.map(
    (channel): PlannedMessage => ({ id: newId(), channel, kind: 'blind', operationIds: [] }),
  );
  const notifications = messages.map(({ id, channel }): PlannedNotification => {
    const { quiet, zone } = hours.get(channel) ?? NO_HOURS;
    return {
      id: newId(),
      channel,
      place: 'root',
      operationId: null,
      messageId: id,
      broadcast: false,
      happenedAt: since,
      noticedAt: now,
      content: { kind: 'blind', since, until: null, trouble },
      hold: isQuiet(quiet, zone, now) ? { because: 'quiet' } : null,
    };
  });
  return { messages, notifications };
}
