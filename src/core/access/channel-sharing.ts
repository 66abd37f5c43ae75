import type { Subscription } from '../subscription/subscription.ts';

/**
 * Reason for closing a channel that other organisations can read: nothing is posted there unless its subscriptions
 * allow it.
 */
export const EXTERNALLY_SHARED = 'externally_shared';

interface Told extends Pick<Subscription, 'external'> {
  readonly suspendedReason: string | null;
}

/** Subscriptions that other organisations may not read. */
export function withoutConsent<Some extends Pick<Subscription, 'external'>>(
  subscriptions: readonly Some[],
): readonly Some[] {
  return subscriptions.filter(({ external }) => external !== true);
}

/** Whether a channel is closed because it is shared; then only consent or an end of the sharing may reopen it. */
export function isClosedBySharing(subscriptions: readonly Pick<Told, 'suspendedReason'>[]): boolean {
  return subscriptions.some(({ suspendedReason }) => suspendedReason === EXTERNALLY_SHARED);
}

/**
 * Whether to close or reopen a channel once it is known if other organisations can read it. One subscription
 * without consent closes the whole channel: a task's message and thread belong to all of its subscriptions.
 */
export function sharingStep(shared: boolean, subscriptions: readonly Told[]): 'close' | 'open' | 'stay' {
  const mustBeClosed = shared && withoutConsent(subscriptions).length > 0;
  const isClosed = isClosedBySharing(subscriptions);
  if (mustBeClosed === isClosed) return 'stay';
  return mustBeClosed ? 'close' : 'open';
}
