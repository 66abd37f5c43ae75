import type { Json } from '../../../src/core/task/task.ts';
import type { WireJson } from '../server/answers.ts';
import type { JsonPatch } from './simulated-task.ts';

type Patch = Json | JsonPatch | undefined;
type Members = { readonly [member: string]: Patch };

/**
 * Lays a patch over JSON: objects are merged, all else replaces (the empty object too, since merging it would mean
 * nothing), undefined removes the member when written.
 */
export function overlaid(json: WireJson, patch: JsonPatch): WireJson {
  if (Object.keys(patch).length === 0) return json;
  // Patch values are JSON or undefined, and so is what comes out.
  return merged(json as Patch, patch) as WireJson;
}

/** Lays a later patch over an earlier one. */
export function patched(earlier: JsonPatch, later: JsonPatch): JsonPatch {
  if (Object.keys(later).length === 0) return earlier;
  // Two objects merge into an object.
  return merged(earlier, later) as JsonPatch;
}

function merged(base: Patch, patch: Patch): Patch {
  if (!isMembers(base) || !isMembers(patch) || Object.keys(patch).length === 0) return patch;
  const result: { [member: string]: Patch } = { ...base };
  for (const [member, value] of Object.entries(patch)) result[member] = merged(base[member], value);
  return result;
}

function isMembers(value: Patch): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same JSON without the members that are null. */
export function withoutNulls(json: WireJson): WireJson {
  if (typeof json !== 'object' || json === null) return json;
  if (isList(json)) return json.map(withoutNulls);
  const kept: { [member: string]: WireJson } = {};
  for (const [member, value] of Object.entries(json)) if (value !== null) kept[member] = withoutNulls(value);
  return kept;
}

// Array.isArray does not narrow a readonly array by itself.
function isList(json: WireJson): json is readonly WireJson[] {
  return Array.isArray(json);
}
