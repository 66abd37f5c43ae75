import { findContradictions } from './contradictions.ts';
import {
  type FilterProblem,
  type ListRequest,
  type SortOrder,
  TEXT_FIELDS,
  type Term,
  type TextField,
  type ValueTerm,
} from './filter.ts';
import { type ParsedTerms, parseTerms, toListRequest } from './parse-terms.ts';
import { printRequest, printTerm } from './print-filter.ts';
import { joinValues, splitValues } from './value-list.ts';

/** A list question as a form shows it: one control per field, and a line for anything the controls cannot show. */
export interface FilterForm {
  readonly status: readonly string[];
  readonly type: readonly string[];
  /** Comma-separated values. */
  readonly texts: Readonly<Record<TextField, string>>;
  readonly since: string;
  readonly before: string;
  /** Without the word: `>5%`. */
  readonly fail: string;
  readonly sort: SortOrder | null;
  readonly size: number;
  readonly private: boolean;
  /** Further terms, as on a line: negations, second terms for a field. */
  readonly more: string;
}

export type FormField = 'status' | 'type' | TextField | 'since' | 'before' | 'fail' | 'more';

export type FormReading =
  | { readonly ok: true; readonly request: ListRequest }
  | { readonly ok: false; readonly problems: ReadonlyMap<FormField, FilterProblem> };

/** The form for a question. The first positive term of a field goes into its control, all others into `more`. */
export function formOf(request: ListRequest): FilterForm {
  const shown = new Map<FormField, Term>();
  const rest: Term[] = [];
  for (const term of request.terms) {
    const fits = !shown.has(term.field) && !('not' in term && term.not);
    if (fits) shown.set(term.field, term);
    else rest.push(term);
  }
  const values = (field: ValueTerm['field']): readonly string[] => {
    const term = shown.get(field);
    return term && 'values' in term ? term.values : [];
  };
  const printed = (field: 'since' | 'before' | 'fail', prefix: string) => {
    const term = shown.get(field);
    return term ? printTerm(term).slice(prefix.length) : '';
  };
  return {
    status: values('status'),
    type: values('type'),
    texts: {
      devicetype: joinValues(values('devicetype')),
      model: joinValues(values('model')),
      manufacturer: joinValues(values('manufacturer')),
      device: joinValues(values('device')),
      group: joinValues(values('group')),
      task: joinValues(values('task')),
    },
    since: printed('since', 'since:'),
    before: printed('before', 'before:'),
    fail: printed('fail', 'fail'),
    sort: request.sort,
    size: request.size,
    private: request.private,
    more: rest.map(printTerm).join(' '),
  };
}

/**
 * Reads a filled-in form as one line of the grammar. Each control is first parsed alone, so that problems point at
 * the right control and no text can turn into a term of another kind.
 */
export function readForm(form: FilterForm): FormReading {
  const problems = new Map<FormField, FilterProblem>();
  const pieces: string[] = [];
  for (const [field, piece] of piecesOf(form)) {
    const problem = typeof piece === 'string' ? problemIn(field, piece) : piece;
    if (problem) problems.set(field, problem);
    else if (typeof piece === 'string') pieces.push(piece);
  }
  if (problems.size > 0) return { ok: false, problems };
  const { sort, size } = form;
  const settings = printRequest({ terms: [], sort, size, page: 1, private: form.private });
  const parsed = parseTerms([...pieces, settings].join(' '));
  const problem = [...parsed.problems, ...findContradictions(parsed.terms)][0];
  if (problem) return { ok: false, problems: new Map([['more', problem]]) };
  return { ok: true, request: toListRequest(parsed) };
}

/** Each control as text for the line, or its problem. Empty controls are left out. */
function piecesOf(form: FilterForm): readonly (readonly [FormField, string | FilterProblem])[] {
  const words = (field: 'status' | 'type') =>
    form[field].length === 0 ? '' : `${field}:${form[field].join(',')}`;
  const typed = (key: string, text: string) => (text.trim() === '' ? '' : `${key}${text.trim()}`);
  const all: readonly (readonly [FormField, string | FilterProblem])[] = [
    ['status', words('status')],
    ['type', words('type')],
    ...TEXT_FIELDS.map((field) => [field, textPiece(field, form.texts[field])] as const),
    ['since', typed('since:', form.since)],
    ['before', typed('before:', form.before)],
    ['fail', typed('fail', form.fail.trim().replace(/^fail\s*/i, ''))],
    ['more', form.more.trim()],
  ];
  return all.filter(([, piece]) => piece !== '');
}

function textPiece(field: TextField, text: string): string | FilterProblem {
  const values = splitValues(text);
  if (values === null) {
    return { word: text, message: 'a quotation mark is opened and never closed', suggestion: `${text}"` };
  }
  return values.length === 0 ? '' : printTerm({ field, values, not: false });
}

/** The problem with one control's text: a mistake, or more than belongs in this control. */
function problemIn(field: FormField, piece: string): FilterProblem | null {
  const parsed = parseTerms(piece);
  const [problem] = parsed.problems;
  if (problem) return problem;
  if (field === 'more') return problemInRest(parsed, piece);
  const [term, second] = parsed.terms;
  const alone = term?.field === field && second === undefined && parsed.ids.length === 0;
  if (alone && !hasSettings(parsed)) return null;
  if (field === 'fail') {
    const message = 'write `>5%` for the share of the devices that failed, or `>=10` for their number';
    return { word: piece, message, suggestion: null };
  }
  return {
    word: piece,
    message: 'only one value belongs here; further terms go into the last field',
    suggestion: null,
  };
}

function problemInRest(parsed: ParsedTerms, piece: string): FilterProblem | null {
  const [id] = parsed.ids;
  if (id !== undefined) {
    return {
      word: id,
      message: 'an id needs to be told what it is the id of',
      suggestion: `device:${id}`,
    };
  }
  if (!hasSettings(parsed)) return null;
  return {
    word: piece,
    message: 'the page always begins at 1; order, size and privacy are chosen above',
    suggestion: null,
  };
}

function hasSettings(parsed: ParsedTerms): boolean {
  return parsed.page !== null || parsed.size !== null || parsed.sort !== null || parsed.private;
}
