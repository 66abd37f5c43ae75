import type { ChangeKind } from '../change/changes.ts';
import type { Term } from '../filter/filter.ts';
import {
  type ChannelHours,
  DEFAULT_KINDS,
  NO_HOURS,
  type Subscription,
  type SubscriptionWish,
} from './subscription.ts';

/** What a subscription says, whoever made it and wherever it stands. */
export type Wished = Pick<Subscription, 'terms' | 'kinds' | 'mentions' | 'thresholds' | 'external'>;

/**
 * The subscription as a line wants it: what the line says replaces what was, what it does not say stays. `before` is the
 * channel's subscription with the same filter, null where there is none yet.
 */
export function applyWish(before: Wished | null, wish: SubscriptionWish): Wished {
  const { kinds, mentions, thresholds } = wish;
  const { failingMinDevices, ...kept } = before?.thresholds ?? {};
  // `failing:10%` is said as a whole: without a number of devices it means that of the settings.
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

/** Whether a line says something about the hours of its channel. */
export function saysHours({ quiet, digestAt, zone }: SubscriptionWish): boolean {
  return quiet !== undefined || digestAt !== undefined || zone !== undefined;
}

/** Whether a filter holds a date or time that means another moment in each zone. */
export function hasLocalTime(terms: readonly Term[]): boolean {
  return terms.some((term) => 'time' in term && term.time.kind === 'local');
}

/** Whether the asker's own zone has to be known for a line: the channel has none yet and the line names none. */
export function needsZone(wish: SubscriptionWish, hours: ChannelHours | null): boolean {
  return hasLocalTime(wish.terms) || (saysHours(wish) && wish.zone === undefined && hours === null);
}

/** A channel's hours as a line wants them. Without `zone:` the channel's own zone stays; before that, the asker's. */
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

/** Thresholds that nothing comes of, since the kind they speak of is not among those the subscription hears of. */
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
