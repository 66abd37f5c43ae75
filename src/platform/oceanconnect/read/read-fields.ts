import { z } from 'zod';
import type { Json } from '../../../core/task/task.ts';
import type { Instant } from '../../../lib/instant.ts';
import { isObject, type JsonObject } from '../read-body.ts';
import { parseCompactTime } from './compact-time.ts';

/** Text; numbers and booleans are accepted and converted. Blank text counts as missing. */
const text = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => (String(value).trim() === '' ? null : storable(String(value))))
  .refine((value) => value === null || value.length <= LONGEST_TEXT);

/** Replaces NUL and unpaired surrogates: PostgreSQL rejects them, and they mean nothing to people. */
function storable(value: string): string {
  return value.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** In characters; longer than any reason a device reports. */
const LONGEST_TEXT = 10_000;
/** Maximum size, in characters, of an object with undocumented members, including their names. */
const LARGEST_OBJECT = 20_000;

/** In bytes; longer than any real name. Three of them fit into one PostgreSQL index entry (2,704 bytes). */
const LONGEST_WORD = 800;

/** An id or a status. */
const word = text.refine((value) => value === null || Buffer.byteLength(value) <= LONGEST_WORD);

const count = z.union([
  z.int().nonnegative(),
  z
    .string()
    .trim()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);

const list = z.array(z.unknown());

const flag = z.union([
  z.boolean(),
  z
    .string()
    .trim()
    .regex(/^(true|false)$/i)
    .transform((value) => value.toLowerCase() === 'true'),
]);

/**
 * Fast checks for values that arrive as documented. Every poll reads some twenty members of thousands of
 * tasks, and running the schemas on each would produce most of its garbage.
 */
const isText = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= LONGEST_TEXT &&
  (PLAIN.test(value) || (/\S/.test(value) && value.isWellFormed() && !value.includes('\0')));
/** Matches nearly all text in practice. */
const PLAIN = /^[!-~][ -~]*$/;
const isWord = (value: unknown): value is string => isText(value) && value.length <= LONGEST_WORD / 3;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** Subtracts the value's size in characters from `room`. Stops counting as soon as the result is negative. */
function roomLeft(value: unknown, room: number): number {
  if (typeof value === 'string') return room - value.length;
  if (typeof value !== 'object' || value === null) return room - 1;
  let left = room;
  for (const name in value) {
    // `name` is a key of `value`, so indexing is safe whatever its type.
    left = roomLeft((value as JsonObject)[name], left - name.length - 1);
    if (left < 0) return left;
  }
  return left;
}

/**
 * Reads the members of one object. Missing, null and unreadable members are null; the path of an unreadable
 * one, such as `staResult.fail`, is passed to `unreadable`.
 *
 * This is a class because each task has four such objects: creating the methods anew for each would produce
 * most of the garbage of reading.
 */
export class FieldReader {
  private readonly object: JsonObject;
  private readonly unreadable: (path: string) => void;
  private readonly prefix: string;

  constructor(object: JsonObject, unreadable: (path: string) => void, prefix = '') {
    this.object = object;
    this.unreadable = unreadable;
    this.prefix = prefix;
  }

  text(name: string): string | null {
    return this.read(name, text, isText);
  }

  /** An id or a status; text too long for one is unreadable. */
  word(name: string): string | null {
    return this.read(name, word, isWord);
  }

  count(name: string): number | null {
    return this.object[name] === '' ? null : this.read(name, count, isCount);
  }

  flag(name: string): boolean | null {
    return this.object[name] === '' ? null : this.read(name, flag, isFlag);
  }

  time(name: string): Instant | null {
    const written = this.read(name, text, isText);
    if (written === null) return null;
    const instant = parseCompactTime(written.trim());
    if (instant === null) this.unreadable(this.prefix + name);
    return instant;
  }

  words(name: string): readonly string[] {
    const elements = this.read(name, list, isList);
    if (elements === null) return [];
    if (elements.every(isWord)) return elements;
    return elements.flatMap((element, index) => {
      if (element === null) return [];
      const result = word.safeParse(element);
      if (!result.success) this.unreadable(`${this.prefix}${name}[${index}]`);
      return result.success && result.data !== null ? [result.data] : [];
    });
  }

  /** An object with undocumented keys; `{}` if it is missing or unreadable. */
  opaque(name: string): { readonly [key: string]: Json } {
    const value = this.nested(name);
    if (roomLeft(value, LARGEST_OBJECT) < 0) {
      this.unreadable(this.prefix + name);
      return {};
    }
    // The value came from JSON.parse, so it contains only JSON values.
    return value as { readonly [key: string]: Json };
  }

  /** A reader for a nested object; a missing one reads as empty. */
  within(name: string): FieldReader {
    return new FieldReader(this.nested(name), this.unreadable, `${this.prefix}${name}.`);
  }

  private read<Value>(
    name: string,
    schema: z.ZodType<Value>,
    asDocumented: (value: unknown) => value is Value & {},
  ): Value | null {
    const value = this.object[name];
    if (value === undefined || value === null) return null;
    if (asDocumented(value)) return value;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    this.unreadable(this.prefix + name);
    return null;
  }

  private nested(name: string): JsonObject {
    const value = this.object[name];
    if (isObject(value)) return value;
    if (value !== undefined && value !== null) this.unreadable(this.prefix + name);
    return {};
  }
}
