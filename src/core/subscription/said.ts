import type { ChangeKind } from '../change/changes.ts';
import { inKindOrder } from './kind-words.ts';
import type { SubscriptionWish } from './subscription.ts';

/** What a line says beside its filter. */
export type Said = Omit<SubscriptionWish, 'terms' | 'hoursOnly'>;

/** Both of two things said: kinds and thresholds add up, of anything else there is one. */
export function bothSaid(one: Said, other: Said): Said {
  const kinds: readonly ChangeKind[] = inKindOrder([...(one.kinds ?? []), ...(other.kinds ?? [])]);
  const thresholds = { ...one.thresholds, ...other.thresholds };
  return {
    ...one,
    ...other,
    ...(kinds.length === 0 ? {} : { kinds }),
    ...(Object.keys(thresholds).length === 0 ? {} : { thresholds }),
  };
}

/** Whether there is something about the hours of the channel in it, and nothing else. */
export function onlyHours({ kinds, mentions, thresholds, external, quiet, digestAt, zone }: Said): boolean {
  const aboutTasks = [kinds, mentions, thresholds, external].some((said) => said !== undefined);
  return !aboutTasks && (quiet !== undefined || digestAt !== undefined || zone !== undefined);
}
