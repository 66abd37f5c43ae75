import type { ChangeKind } from '../change/changes.ts';
import type { FilterProblem } from '../filter/filter.ts';
import type { Token } from '../filter/tokens.ts';
import { inKindOrder } from './kind-words.ts';
import type { SubscriptionWish } from './subscription.ts';

/** What one word of a line says, or the problem with it. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: FilterProblem };

export function said<Value>(value: Value): Reading<Value> {
  return { ok: true, value };
}

/** `message` continues the word, like the filter's other problems: `is …`, or a sentence after a colon. */
export function refused(token: Token, message: string, suggestion: string | null = null): Reading<never> {
  return { ok: false, problem: { word: token.text, message, suggestion } };
}

/** Whether the value turns a setting off. */
export function isOff(value: string): boolean {
  return /^(?:off|none)$/i.test(value);
}

/** What a line says besides its filter. */
export type Said = Omit<SubscriptionWish, 'terms' | 'hoursOnly'>;

/** Merges what two words say: kinds and thresholds add up; for anything else the later one wins. */
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

/** Whether it sets channel hours and nothing else. */
export function onlyHours({ kinds, mentions, thresholds, external, quiet, digestAt, zone }: Said): boolean {
  const aboutTasks = [kinds, mentions, thresholds, external].some((said) => said !== undefined);
  return !aboutTasks && (quiet !== undefined || digestAt !== undefined || zone !== undefined);
}
