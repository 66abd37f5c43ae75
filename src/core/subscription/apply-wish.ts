import type { ChangeKind } from '../change/changes.ts';
import type { Term } from '../filter/filter.ts';
import {
  type ChannelHours,
  DEFAULT_KINDS,
  NO_HOURS,
  type Subscription,
  type SubscriptionWish,
} from './subscription.ts';

/** The content of a subscription, without its id and channel. */
export type Wished = Pick<Subscription, 'terms' | 'kinds' | 'mentions' | 'thresholds' | 'external'>;

/**
 * Applies a line to a subscription: what the line says replaces the old value, the rest stays. `before` is the
 * channel's subscription with the same filter, null if there is none yet.
 */
export function applyWish(before: Wished | null, wish: SubscriptionWish): Wished {
  const { kinds, mentions, thresholds } = wish;
  const { failingMinDevices, ...kept } = before?.thresholds ?? {};
  // `failing:10%` is a complete setting: without a number of devices, the one from the settings applies.
  const saysFailing = thresholds?.failingPercent !== undefined;
  const external = wish.external ?? before?.external ?? false;
  return {
    terms: before?.terms ?? wish.terms,
    kinds: kinds ?? before?.kinds ?? DEFAULT_KINDS,
    mentions: mentions ?? before?.mentions ?? [],
    thresholds: {
      ...kept,
      ...(failingMinDevices !== undefined && !saysFailing && { failingMinDevices }),
      ...thresholds,
    },
    ...(external && { external }),
  };
}

/** Whether a line sets any of its channel's hours. */
export function saysHours({ quiet, digestAt, zone }: SubscriptionWish): boolean {
  return quiet !== undefined || digestAt !== undefined || zone !== undefined;
}

/** Whether a filter contains a date or time whose meaning depends on the time zone. */
export function hasLocalTime(terms: readonly Term[]): boolean {
  return terms.some((term) => 'time' in term && term.time.kind === 'local');
}

/**
 * Whether a line needs the asker's own time zone. It does for local times in its filter, and for hours if neither
 * the line nor the channel has a zone.
 */
export function needsZone(wish: SubscriptionWish, hours: ChannelHours | null): boolean {
  return hasLocalTime(wish.terms) || (saysHours(wish) && wish.zone === undefined && hours === null);
}

/**
 * The channel's hours after a line. Without `zone:` the channel's zone stays; if it has none, the asker's is used.
 */
export function applyHours(
  before: ChannelHours | null,
  wish: SubscriptionWish,
  askersZone: string,
): ChannelHours {
  const { quiet, digestAt, zone } = before ?? { ...NO_HOURS, zone: askersZone };
  const said = <Value>(value: Value | 'off' | undefined, was: Value | null) =>
    value === undefined ? was : value === 'off' ? null : value;
  return {
    quiet: said(wish.quiet, quiet),
    digestAt: said(wish.digestAt, digestAt),
    zone: wish.zone ?? zone,
  };
}

/** Kinds whose thresholds have no effect, because the subscription does not include those kinds. */
export function idleThresholds({
  kinds,
  thresholds,
}: Pick<Wished, 'kinds' | 'thresholds'>): readonly ChangeKind[] {
  const set: readonly (readonly [ChangeKind, unknown])[] = [
    ['failing', thresholds.failingPercent ?? thresholds.failingMinDevices],
    ['stalled', thresholds.stalledAfter],
  ];
  return set.filter(([kind, value]) => value !== undefined && !kinds.includes(kind)).map(([kind]) => kind);
}
