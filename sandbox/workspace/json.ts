/** A value as JSON carries it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** An object as JSON carries it: what Slack calls a block, a view, a payload. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether the value is a JSON object (not null, not a list). */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON a text holds, or undefined where it holds none. */
export function parseJson(text: string): Json | undefined {
  try {
    // JSON.parse yields exactly the values the type Json describes, and nothing else.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The object, or an empty one. */
export function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The objects of a list, or an empty list; anything else in it is left out. */
export function asObjects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item: Json) => isObject(item)) : [];
}

/** The string, or an empty one. */
export function asString(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Slack's booleans in forms: `true`, `1`, `"true"`, `"1"`. */
export function asBoolean(value: Json | undefined): boolean {
  return value === true || value === 1 || value === 'true' || value === '1';
}
