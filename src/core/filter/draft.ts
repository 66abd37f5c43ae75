import type { FilterProblem, SortOrder, Term } from './filter.ts';
import type { Token } from './tokens.ts';

/** What a line contains before its words are checked against each other. */
export interface ParsedTerms {
  readonly terms: readonly Term[];
  /** Bare words outside the grammar that could be ids, in the order typed. */
  readonly ids: readonly string[];
  readonly page: number | null;
  readonly size: number | null;
  readonly sort: SortOrder | null;
  readonly private: boolean;
  readonly problems: readonly FilterProblem[];
}

/** `ParsedTerms` while it is being read. */
export interface Draft {
  readonly terms: Term[];
  readonly ids: string[];
  page: number | null;
  size: number | null;
  sort: SortOrder | null;
  private: boolean;
  readonly problems: FilterProblem[];
}

export function emptyDraft(): Draft {
  return { terms: [], ids: [], page: null, size: null, sort: null, private: false, problems: [] };
}

/** A problem with one word, and what it probably meant. */
export function problem(token: Token, message: string, suggestion: string | null = null): FilterProblem {
  return { word: token.text, message, suggestion };
}
