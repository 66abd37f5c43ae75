import type { FilterProblem } from '../filter/filter.ts';
import type { Token } from '../filter/tokens.ts';

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
