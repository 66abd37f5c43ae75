/**
 * The filter grammar's tree. Terms are joined by *and*; the values of one term mean *or*.
 * The same tree serves questions, subscriptions, the mirror's query and the plan of what the platform is asked.
 */

/** Fields compared for equality with what the task carries. */
export const TEXT_FIELDS = ['devicetype', 'model', 'manufacturer', 'device', 'group', 'task'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** Those of them whose values are names that people chose; ids of devices and tasks are compared sign by sign. */
export const NAME_FIELDS = [
  'devicetype',
  'model',
  'manufacturer',
  'group',
] as const satisfies readonly TextField[];
export type NameField = (typeof NAME_FIELDS)[number];

export function isNameField(field: string): field is NameField {
  return NAME_FIELDS.some((name) => name === field);
}

/** Statuses and types in our words, in the fixed order of the normal form. */
export type WordField = 'status' | 'type';

export interface ValueTerm {
  readonly field: WordField | TextField;
  /** Never empty, no value twice. */
  readonly values: readonly string[];
  readonly not: boolean;
}

/** A time as typed: counted back from now, or a day or minute in the zone of whoever asks. */
export type TimeExpression =
  | { readonly kind: 'ago'; readonly amount: number; readonly unit: 's' | 'm' | 'h' | 'd' | 'w' }
  | { readonly kind: 'local'; readonly text: string }
  | { readonly kind: 'utc'; readonly text: string };

/** Compares `createTime`: `since` includes the moment, `before` excludes it. */
export interface TimeTerm {
  readonly field: 'since' | 'before';
  readonly time: TimeExpression;
}

/** Compares the number of failed devices (failed and timed out, at most total), or their share of the total in percent. */
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
  /** Newest first, or most failed devices first. Null: whatever order answers fastest. */
  readonly sort: SortOrder | null;
  /** From 1, as people count. */
  readonly page: number;
  readonly size: number;
  readonly private: boolean;
}

export const DEFAULT_PAGE_SIZE = 10;
export const MAX_PAGE_SIZE = 100;

/** What relative and local times are measured against. */
export interface FilterContext {
  readonly now: number;
  /** IANA name of the asker's time zone, such as `Europe/Berlin`. */
  readonly zone: string;
}

/** One thing in a line that was not understood: the word as typed, a sentence, and what was probably meant. */
export interface FilterProblem {
  readonly word: string;
  readonly message: string;
  readonly suggestion: string | null;
}
