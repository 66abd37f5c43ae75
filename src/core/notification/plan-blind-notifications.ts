import type { Instant } from '../../lib/instant.ts';
import type { Trouble } from '../question/answer.ts';
import { type ChannelHours, NO_HOURS } from '../subscription/subscription.ts';
import type { PlannedMessage, PlannedNotification } from './planned-notification.ts';
import { isQuiet } from './quiet-hours.ts';

/** Looks that fail one after the other before channels are told: one or two are over before anybody has read it. */
export const BLIND_AFTER = 3;

export interface BlindContext {
  readonly hours: ReadonlyMap<string, ChannelHours>;
  /** When the platform was seen last. */
  readonly since: Instant;
  readonly trouble: Trouble;
  readonly now: Instant;
  readonly newId: () => string;
}

/** What tells these channels that the platform cannot be read: a message each, which says when that is over. */
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
