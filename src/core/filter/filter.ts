/**
 * The filter grammar's tree. Terms are joined by *and*; the values of one term mean *or*. Questions,
 * subscriptions, the mirror's query and the plan of platform calls all use the same tree.
 */

/** Fields compared for equality with the task's values. */
export const TEXT_FIELDS = ['devicetype', 'model', 'manufacturer', 'device', 'group', 'task'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** The text fields with names chosen by people; ids of devices and tasks are compared exactly. */
const NAME_FIELDS = ['devicetype', 'model', 'manufacturer', 'group'] as const satisfies readonly TextField[];
export type NameField = (typeof NAME_FIELDS)[number];

export function isNameField(field: string): field is NameField {
  return NAME_FIELDS.some((name) => name === field);
}

/** Statuses and types in our words, in the fixed order of the normal form. */
export type WordField = 'status' | 'type';

export interface ValueTerm {
  readonly field: WordField | TextField;
  /** Never empty, no duplicates. */
  readonly values: readonly string[];
  readonly not: boolean;
}

/** A time as typed: relative to now, or a day or minute in UTC or the asker's zone. */
export type TimeExpression =
  | { readonly kind: 'ago'; readonly amount: number; readonly unit: 's' | 'm' | 'h' | 'd' | 'w' }
  | { readonly kind: 'local'; readonly text: string }
  | { readonly kind: 'utc'; readonly text: string };

/** Compares `createTime`: `since` is inclusive, `before` exclusive. */
export interface TimeTerm {
  readonly field: 'since' | 'before';
  readonly time: TimeExpression;
}

/**
 * Compares the number of failed devices (failed and timed out, at most total), or their share of the total in
 * percent.
 */
export interface FailTerm {
  readonly field: 'fail';
  readonly comparison: '>' | '>=';
  readonly amount: number;
  readonly unit: 'devices' | 'percent';
}

export type Term = ValueTerm | TimeTerm | FailTerm;

export type SortOrder = 'created' | 'failed';

/** A question for a list of tasks: which, in what order, which page, and who may see the answer. */
export interface ListRequest {
  readonly terms: readonly Term[];
  /** Newest first, or most failed devices first. Null: whatever is fastest. */
  readonly sort: SortOrder | null;
  /** From 1. */
  readonly page: number;
  readonly size: number;
  readonly private: boolean;
}

export const DEFAULT_PAGE_SIZE = 10;
export const MAX_PAGE_SIZE = 100;

/** The reference for relative and local times. */
export interface FilterContext {
  readonly now: number;
  /** IANA name of the asker's time zone, such as `Europe/Berlin`. */
  readonly zone: string;
}

/** One part of a line that was not understood: the word as typed, a message, and what it probably meant. */
export interface FilterProblem {
  readonly word: string;
  readonly message: string;
  readonly suggestion: string | null;
}
