import { isSafeId } from '../task/ids.ts';
import { readBare, withoutColon } from './bare-word.ts';
import { type Draft, emptyDraft, type ParsedTerms, problem } from './draft.ts';
import {
  DEFAULT_PAGE_SIZE,
  type FilterProblem,
  type ListRequest,
  MAX_PAGE_SIZE,
  type TextField,
} from './filter.ts';
import { fold } from './fold.ts';
import { lineProblem, MAX_NORMAL_LENGTH, quoted, tooLong } from './line-problem.ts';
import { printTerms } from './print-filter.ts';
import { parseTimeExpression } from './time-expression.ts';
import { type Token, tokenize } from './tokens.ts';
import { ALL_KEYS, inNormalOrder, nearest, nearestOpposite, TEXT_KEYS, WORDS } from './vocabulary.ts';

export type { ParsedTerms } from './draft.ts';

/** Reads every word of a line. Never throws; a word that is not understood becomes a problem and is never dropped. */
export function parseTerms(line: string): ParsedTerms {
  const unreadable = lineProblem(line);
  if (unreadable) return { ...emptyDraft(), problems: [unreadable] };
  const { tokens, problems } = tokenize(line);
  const parsed = parseTokens(tokens);
  if (problems.length > 0) return { ...parsed, problems: [...problems, ...parsed.problems] };
  if (parsed.problems.length === 0 && [...printTerms(parsed.terms)].length > MAX_NORMAL_LENGTH) {
    return { ...parsed, problems: [tooLong(line)] };
  }
  return parsed;
}

/** Reads words already split into tokens. The caller must check the length of the result. */
export function parseTokens(tokens: readonly Token[]): ParsedTerms {
  const draft = emptyDraft();
  for (const token of tokens) {
    const wrong = readToken(token, draft);
    if (wrong) draft.problems.push(wrong);
  }
  return draft;
}

/** Each reader either adds to the draft and returns null, or returns the problem with the word. */
function readToken(typed: Token, draft: Draft): FilterProblem | null {
  const token = withoutColon(typed, ALL_KEYS);
  if (token.key !== null) return readKeyed(token, token.key, draft);
  if (/^fail\s*[<>=]/i.test(token.values.join(','))) return readFail(token, draft);
  return readBare(token, draft);
}

function readKeyed(token: Token, key: string, draft: Draft): FilterProblem | null {
  const textField = TEXT_KEYS.get(key);
  if (textField) return readText(token, textField, draft);
  if (key === 'status' || key === 'type') return readWords(token, key, draft);
  if (key === 'since' || key === 'before') return readTime(token, key, draft);
  if (key === 'page' || key === 'size') return readNumber(token, key, draft);
  if (key === 'sort') return readSort(token, draft);
  const guess = nearest(key, ALL_KEYS);
  // Ids may contain colons (`urn:imei:4711`), but a key close to a known one is a typo and must not widen the
  // question.
  if (guess === null && !token.not && !token.quoted && /\d/.test(token.word) && isSafeId(token.word)) {
    draft.ids.push(token.word);
    return null;
  }
  const rest = token.text.slice(token.text.search(/[:：]/));
  const suggestion = guess === null ? null : `${token.not ? '-' : ''}${guess}${rest}`;
  return problem(token, `${quoted(`${key}:`)} is no key of a filter`, suggestion);
}

function readText(token: Token, field: TextField, draft: Draft): FilterProblem | null {
  const values = [...new Set(token.values)];
  if (values.some((value) => fold(value) === '')) {
    return problem(token, `\`${field}:\` needs a value`, `${field}:…`);
  }
  if (values.some((value) => [...value].length > 256)) {
    return problem(token, 'a value has at most 256 characters');
  }
  if ((field === 'device' || field === 'task') && !values.every(isSafeId)) {
    return problem(token, 'an id is made of letters, digits, `.` `_` `:` `-`, at most 256');
  }
  draft.terms.push({ field, values, not: token.not });
  return null;
}

function readWords(token: Token, field: 'status' | 'type', draft: Draft): FilterProblem | null {
  const known = [...WORDS].filter(([, meaning]) => meaning.field === field).map(([word]) => word);
  const values: string[] = [];
  for (const value of token.values) {
    const meaning = WORDS.get(value.toLowerCase());
    if (meaning?.field !== field) {
      const message = value === '' ? `\`${field}:\` needs a value` : `${quoted(value)} is no ${field}`;
      return problem(token, message, likelyValue(token, field, value, known));
    }
    values.push(...meaning.values);
  }
  draft.terms.push({ field, values: inNormalOrder(values), not: token.not });
  return null;
}

/** The minus may come before the value instead of the field. */
function likelyValue(
  { not, values }: Token,
  field: 'status' | 'type',
  value: string,
  known: readonly string[],
): string | null {
  const guess = nearest(value, known);
  if (guess !== null) return `${not ? '-' : ''}${field}:${guess}`;
  const opposite = not || values.length > 1 ? null : nearestOpposite(value, known);
  return opposite === null ? null : `-${field}:${opposite}`;
}

function readTime(token: Token, field: 'since' | 'before', draft: Draft): FilterProblem | null {
  const text = token.values.join(',');
  if (token.not) {
    const other = field === 'since' ? 'before' : 'since';
    return problem(token, `\`${field}:\` cannot be negated`, `${other}:${text}`);
  }
  const time = parseTimeExpression(text);
  if (time === null) {
    const message = /^\d{4}-\d{2}-\d{2}/.test(text)
      ? 'there is no such date or time; write `2024-03-11` or `2024-03-11T06:05`'
      : 'is no time; write `2d`, `6h`, `2024-03-11` or `2024-03-11T06:05`';
    return problem(token, message);
  }
  draft.terms.push({ field, time });
  return null;
}

function readNumber(token: Token, key: 'page' | 'size', draft: Draft): FilterProblem | null {
  const text = token.values.join(',');
  const highest = key === 'page' ? 1_000_000 : MAX_PAGE_SIZE;
  const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (token.not) return problem(token, `\`${key}:\` cannot be negated`);
  if (!(value >= 1 && value <= highest)) {
    const range = key === 'page' ? 'from 1' : `from 1 to ${MAX_PAGE_SIZE}`;
    const usual = key === 'page' ? 1 : DEFAULT_PAGE_SIZE;
    return problem(token, `\`${key}:\` takes a whole number ${range}`, `${key}:${usual}`);
  }
  if (draft[key] !== null) return problem(token, `\`${key}:\` stands twice`);
  draft[key] = value;
  return null;
}

function readSort(token: Token, draft: Draft): FilterProblem | null {
  const value = token.values.join(',').toLowerCase();
  if (token.not) return problem(token, '`sort:` cannot be negated');
  if (value !== 'created' && value !== 'failed') {
    const guess = nearest(value, ['created', 'failed']);
    return problem(token, '`sort:` takes `created` or `failed`', guess === null ? null : `sort:${guess}`);
  }
  if (draft.sort !== null) return problem(token, '`sort:` stands twice');
  draft.sort = value;
  return null;
}

function readFail(token: Token, draft: Draft): FilterProblem | null {
  const match = /^fail(>=|>)(\d{1,9}(?:\.\d{1,2})?)(%?)$/i.exec(token.values.join(','));
  const amount = Number(match?.[2]);
  const percent = match?.[3] === '%';
  if (token.not) return problem(token, '`fail` cannot be negated');
  if (!match || (!percent && !Number.isInteger(amount)) || (percent && amount > 100)) {
    return problem(token, 'write `fail>5%` (share of the devices) or `fail>=10` (devices)');
  }
  const comparison = match[1] === '>' ? '>' : '>=';
  draft.terms.push({ field: 'fail', comparison, amount, unit: percent ? 'percent' : 'devices' });
  return null;
}

/** The list question for parsed terms, with defaults for everything left out. */
export function toListRequest(parsed: ParsedTerms): ListRequest {
  return {
    terms: parsed.terms,
    sort: parsed.sort,
    page: parsed.page ?? 1,
    size: parsed.size ?? DEFAULT_PAGE_SIZE,
    private: parsed.private,
  };
}
