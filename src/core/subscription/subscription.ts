import type { ChangeKind } from '../change/changes.ts';
import type { Term } from '../filter/filter.ts';

/** A notification's mention: a user group, a person, or everybody currently active (`@here`). */
export type Mention =
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'here' };

/** A subscription's own thresholds; missing ones follow the settings. */
export interface OwnThresholds {
  /** Percentage of the finished devices. */
  readonly failingPercent?: number;
  /** Finished devices needed before the percentage counts. */
  readonly failingMinDevices?: number;
  /** Milliseconds without any counter moving. */
  readonly stalledAfter?: number;
}

/** A channel's filter plus the kinds of change it is notified of. */
export interface Subscription {
  readonly id: string;
  readonly channel: string;
  readonly terms: readonly Term[];
  readonly kinds: readonly ChangeKind[];
  readonly mentions: readonly Mention[];
  readonly thresholds: OwnThresholds;
  /** Other organisations the channel is shared with may read the posts; missing: they may not. */
  readonly external?: boolean;
}

/** Kinds a subscription gets if it names none. */
export const DEFAULT_KINDS: readonly ChangeKind[] = ['failed', 'failing', 'stalled'];

/**
 * A stretch of the day that may cross midnight, in minutes since midnight; `from` is inclusive, `until` exclusive.
 */
export interface QuietHours {
  readonly from: number;
  readonly until: number;
}

/** A channel's quiet hours and digest time. */
export interface ChannelHours {
  readonly quiet: QuietHours | null;
  /** Minutes since midnight. */
  readonly digestAt: number | null;
  /** IANA name of the zone the hours are in, such as `Europe/Berlin`. */
  readonly zone: string;
}

export const NO_HOURS: ChannelHours = { quiet: null, digestAt: null, zone: 'UTC' };

/** What a line after `subscribe` asks for. Members the line does not set are missing. */
export interface SubscriptionWish {
  readonly terms: readonly Term[];
  readonly kinds?: readonly ChangeKind[];
  /** Empty: mention nobody any more. */
  readonly mentions?: readonly Mention[];
  readonly thresholds?: OwnThresholds;
  /** Whether other organisations the channel is shared with may read the posts. */
  readonly external?: boolean;
  readonly quiet?: QuietHours | 'off';
  readonly digestAt?: number | 'off';
  readonly zone?: string;
  /** Whether the line sets only hours, which belong to the channel and not to one subscription. */
  readonly hoursOnly: boolean;
}
