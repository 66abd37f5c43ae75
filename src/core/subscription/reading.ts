import type { ChangeKind } from '../change/changes.ts';
import type { FilterProblem } from '../filter/filter.ts';
import type { Token } from '../filter/tokens.ts';
import { inKindOrder } from './kind-words.ts';
import type { SubscriptionWish } from './subscription.ts';

/** What one word of a line says, or what is wrong with it. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: FilterProblem };

export function said<Value>(value: Value): Reading<Value> {
  return { ok: true, value };
}

/** `message` continues the word as the other problems of a filter do: `is …`, or a sentence after a colon. */
export function refused(token: Token, message: string, suggestion: string | null = null): Reading<never> {
  return { ok: false, problem: { word: token.text, message, suggestion } };
}

/** Whether the value is the word that takes a setting back. */
export function isOff(value: string): boolean {
  return /^(?:off|none)$/i.test(value);
}

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
