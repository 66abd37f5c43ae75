import type { Subscription } from '../subscription/subscription.ts';

/** Why a channel is closed that other organisations can read: nothing is told there unless its subscriptions say so. */
export const EXTERNALLY_SHARED = 'externally_shared';

interface Told extends Pick<Subscription, 'external'> {
  readonly suspendedReason: string | null;
}

/** Subscriptions that may not be read by other organisations. */
export function withoutConsent<Some extends Pick<Subscription, 'external'>>(
  subscriptions: readonly Some[],
): readonly Some[] {
  return subscriptions.filter(({ external }) => external !== true);
}

/** Whether a channel is closed because it is shared, so that nothing but that may open it. */
export function isClosedBySharing(subscriptions: readonly Pick<Told, 'suspendedReason'>[]): boolean {
  return subscriptions.some(({ suspendedReason }) => suspendedReason === EXTERNALLY_SHARED);
}

/**
 * What becomes of a channel once it is known whether other organisations read it. One subscription without consent closes
 * it as a whole: a task's message and its thread belong to all subscriptions of the channel together.
 */
export function sharingStep(shared: boolean, subscriptions: readonly Told[]): 'close' | 'open' | 'stay' {
  const mustBeClosed = shared && withoutConsent(subscriptions).length > 0;
  const isClosed = isClosedBySharing(subscriptions);
  if (mustBeClosed === isClosed) return 'stay';
  return mustBeClosed ? 'close' : 'open';
}
