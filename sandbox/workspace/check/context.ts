import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';

/** Where blocks are shown; limits and permitted types differ. */
export type Surface = 'message' | 'modal' | 'home';

/** One thing Slack would refuse, with the JSON pointer of the place and the error it would answer with. */
export interface BlockProblem {
  readonly pointer: string;
  readonly message: string;
  readonly code: string;
}

/** Where a check stands, and where it writes what it finds. */
export interface Check {
  readonly surface: Surface;
  readonly problems: BlockProblem[];
}

export interface TextRule {
  readonly max: number;
  readonly required?: boolean;
  /** Only `plain_text` is allowed. */
  readonly plain?: boolean;
}

/** Slack counts Unicode code points, not UTF-16 units. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Writes a problem down. */
export function report(check: Check, pointer: string, message: string, code = 'invalid_blocks'): void {
  check.problems.push({ pointer, message, code });
}

/** A bare string such as an id, a url or a value. */
export function checkString(check: Check, pointer: string, value: Json | undefined, rule: TextRule): void {
  if (value === undefined || value === null) {
    if (rule.required) report(check, pointer, 'is missing');
    return;
  }
  if (typeof value !== 'string') {
    report(check, pointer, 'must be a string');
    return;
  }
  if (value === '' && rule.required) report(check, pointer, 'must not be empty');
  const length = codePoints(value);
  if (length > rule.max) report(check, pointer, `must be at most ${rule.max} characters, has ${length}`);
}

/** A text object (`plain_text` or `mrkdwn`). */
export function checkText(check: Check, pointer: string, value: Json | undefined, rule: TextRule): void {
  if (value === undefined || value === null) {
    if (rule.required) report(check, pointer, 'is missing');
    return;
  }
  if (!isObject(value)) {
    report(check, pointer, 'must be a text object');
    return;
  }
  const allowed = rule.plain ? ['plain_text'] : ['plain_text', 'mrkdwn'];
  if (!allowed.includes(String(value.type))) {
    report(check, `${pointer}/type`, `must be ${allowed.join(' or ')}, is ${String(value.type)}`);
  }
  checkString(check, `${pointer}/text`, value.text, { max: rule.max, required: true });
}

/** A list of objects of a permitted length; what is not an object is reported and left out. */
export function checkList(
  check: Check,
  pointer: string,
  value: Json | undefined,
  size: { readonly min: number; readonly max: number },
): readonly (readonly [string, JsonObject])[] {
  if (!Array.isArray(value)) {
    report(check, pointer, 'must be a list');
    return [];
  }
  if (value.length < size.min || value.length > size.max) {
    report(check, pointer, `must hold ${size.min} to ${size.max} items, has ${value.length}`);
  }
  return value.flatMap((item: Json, index) => {
    if (isObject(item)) return [[`${pointer}/${index}`, item] as const];
    report(check, `${pointer}/${index}`, 'must be an object');
    return [];
  });
}

/** Reports every id that occurs twice. */
export function checkUnique(
  check: Check,
  ids: readonly (readonly [string, Json | undefined])[],
  what: string,
): void {
  const seen = new Set<string>();
  for (const [pointer, id] of ids) {
    if (typeof id !== 'string') continue;
    if (seen.has(id)) report(check, pointer, `${what} ${id} is used twice`);
    seen.add(id);
  }
}
