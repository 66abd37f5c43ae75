import { z } from 'zod';
import type { Json } from '../../../core/task/task.ts';
import type { Instant } from '../../../lib/instant.ts';
import { isObject, type JsonObject } from '../read-body.ts';
import { parseCompactTime } from './compact-time.ts';

/** Text, also where the platform sends a number or a boolean. Blank text says nothing and is taken as missing. */
const text = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => (String(value).trim() === '' ? null : storable(String(value))))
  .refine((value) => value === null || value.length <= LONGEST_TEXT);

/** PostgreSQL takes no NUL and no half of a surrogate pair; neither says anything to a person. */
function storable(value: string): string {
  return value.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** Characters; longer than any reason a device gives. */
const LONGEST_TEXT = 10_000;
/** Characters of an object whose members nobody documents, with its names. */
const LARGEST_OBJECT = 20_000;

/** Longer than any name there is; three of them fit into one entry of an index of PostgreSQL (2,704 bytes). */
const LONGEST_WORD = 800;

/** Text that names something: an id or a status. */
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
 * What comes as documented needs no schema. Each look reads some twenty members of thousands of tasks, and the schemas
 * would make most of the garbage of a look.
 */
const isText = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= LONGEST_TEXT &&
  (PLAIN.test(value) || (/\S/.test(value) && value.isWellFormed() && !value.includes('\0')));
/** Nearly every text there is. */
const PLAIN = /^[!-~][ -~]*$/;
const isWord = (value: unknown): value is string => isText(value) && value.length <= LONGEST_WORD / 3;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** What a value leaves of so many characters; negative as soon as it is larger, without counting the rest. */
function roomLeft(value: unknown, room: number): number {
  if (typeof value === 'string') return room - value.length;
  if (typeof value !== 'object' || value === null) return room - 1;
  let left = room;
  for (const name in value) {
    // `name` is a member of `value`, whatever that is.
    left = roomLeft((value as JsonObject)[name], left - name.length - 1);
    if (left < 0) return left;
  }
  return left;
}

/**
 * Reads the members of one object. What is missing or null is null; what cannot be read is null and is reported: its path,
 * such as `staResult.fail`, goes to `unreadable`.
 *
 * A class, since each task has four such objects: methods made anew for each would be most of what reading leaves behind.
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

  /** Text that names something, such as an id or a status; too long to be a name is unreadable. */
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

  /** An object whose keys nobody documents; `{}` where there is none. */
  opaque(name: string): { readonly [key: string]: Json } {
    const value = this.nested(name);
    if (roomLeft(value, LARGEST_OBJECT) < 0) {
      this.unreadable(this.prefix + name);
      return {};
    }
    // Everything here was made by JSON.parse, which makes nothing but JSON values.
    return value as { readonly [key: string]: Json };
  }

  /** The members of an object within this one, as if it were empty where there is none. */
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
