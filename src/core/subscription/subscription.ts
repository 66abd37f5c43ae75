import type { ChangeKind } from '../change/changes.ts';
import type { Term } from '../filter/filter.ts';

/** Whom a notification calls: a user group, a person, or everybody who is about. */
export type Mention =
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'here' };

/** Thresholds a subscription sets for itself; what is missing follows the settings. */
export interface OwnThresholds {
  /** Percent of the finished devices. */
  readonly failingPercent?: number;
  /** Finished devices from which on the percentage counts. */
  readonly failingMinDevices?: number;
  /** Milliseconds without any counter moving. */
  readonly stalledAfter?: number;
}

/** A channel's wish: a filter plus the kinds of change it wants to hear of. */
export interface Subscription {
  readonly id: string;
  readonly channel: string;
  readonly terms: readonly Term[];
  readonly kinds: readonly ChangeKind[];
  readonly mentions: readonly Mention[];
  readonly thresholds: OwnThresholds;
  /** What is told may be read by other organisations the channel is shared with; missing: it may not. */
  readonly external?: boolean;
}

/** What a subscription hears of when it does not say. */
export const DEFAULT_KINDS: readonly ChangeKind[] = ['failed', 'failing', 'stalled'];

/** A stretch of the day that may pass midnight, in minutes since midnight; `from` belongs to it, `until` does not. */
export interface QuietHours {
  readonly from: number;
  readonly until: number;
}

/** When a channel wants to be left alone and when to be told of its day. */
export interface ChannelHours {
  readonly quiet: QuietHours | null;
  /** Minutes since midnight. */
  readonly digestAt: number | null;
  /** IANA name of the zone the hours are meant in, such as `Europe/Berlin`. */
  readonly zone: string;
}

export const NO_HOURS: ChannelHours = { quiet: null, digestAt: null, zone: 'UTC' };

/** What a line after `subscribe` asks for. Members that are missing were not said. */
export interface SubscriptionWish {
  readonly terms: readonly Term[];
  readonly kinds?: readonly ChangeKind[];
  /** Empty: nobody is to be called any more. */
  readonly mentions?: readonly Mention[];
  readonly thresholds?: OwnThresholds;
  /** Whether other organisations the channel is shared with may read it. */
  readonly external?: boolean;
  readonly quiet?: QuietHours | 'off';
  readonly digestAt?: number | 'off';
  readonly zone?: string;
  /** Whether the line holds nothing but hours, which belong to the channel and not to one subscription. */
  readonly hoursOnly: boolean;
}
