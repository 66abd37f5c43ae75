import { distance } from 'fastest-levenshtein';
import { KNOWN_STATUSES, KNOWN_TYPES } from '../task/task.ts';
import type { TextField, WordField } from './filter.ts';

interface Meaning {
  readonly field: WordField;
  readonly values: readonly string[];
}

/** Every bare word of the grammar, the platform's among them, and our words it stands for. */
export const WORDS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['failed', { field: 'status', values: ['failed'] }],
  ['waiting', { field: 'status', values: ['waiting'] }],
  ['wait', { field: 'status', values: ['waiting'] }],
  ['running', { field: 'status', values: ['running'] }],
  ['processing', { field: 'status', values: ['running'] }],
  ['success', { field: 'status', values: ['succeeded'] }],
  ['succeeded', { field: 'status', values: ['succeeded'] }],
  ['stopped', { field: 'status', values: ['stopped'] }],
  ['stop', { field: 'status', values: ['stopped'] }],
  ['active', { field: 'status', values: ['waiting', 'running'] }],
  ['firmware', { field: 'type', values: ['firmware'] }],
  ['fw', { field: 'type', values: ['firmware'] }],
  ['firmware_upgrade', { field: 'type', values: ['firmware'] }],
  ['software', { field: 'type', values: ['software'] }],
  ['sw', { field: 'type', values: ['software'] }],
  ['software_upgrade', { field: 'type', values: ['software'] }],
]);

/** Our words among these, in the order of the normal form. */
export function inNormalOrder(values: readonly string[]): readonly string[] {
  return [...KNOWN_STATUSES, ...KNOWN_TYPES].filter((word) => values.includes(word));
}

export const TEXT_KEYS: ReadonlyMap<string, TextField> = new Map<string, TextField>([
  ['devicetype', 'devicetype'],
  ['model', 'model'],
  ['manufacturer', 'manufacturer'],
  ['vendor', 'manufacturer'],
  ['device', 'device'],
  ['group', 'group'],
  ['task', 'task'],
]);

const OTHER_KEYS = ['status', 'type', 'since', 'before', 'page', 'size', 'sort'] as const;

export const ALL_KEYS: readonly string[] = [...TEXT_KEYS.keys(), ...OTHER_KEYS];

/** What makes a word say the opposite: `-failed`, `!failed`, `unfailed`, `inactive`. */
const OPPOSITE = /^(?:[!¬~^≠\u2212\p{Pd}]+=?|un|in|non?-?|not-?)(?=.)/u;

/**
 * The candidate that a mistyped word probably meant, or null: one it is the beginning of (`fail`, `firm`), or one a slip
 * away. One edit is forgiven in words of four letters, two in longer ones: more would turn ids into words. Never one that
 * the word is the opposite of.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const all = [...candidates];
  const best = likeliest(word.toLowerCase(), all);
  return best !== null && best === nearestOpposite(word, all) ? null : best;
}

/** The candidate that a word is the opposite of, as far as its beginning shows; null: it is not one. */
export function nearestOpposite(word: string, candidates: Iterable<string>): string | null {
  const lower = word.toLowerCase();
  const [prefix = ''] = OPPOSITE.exec(lower) ?? [];
  return prefix === '' ? null : likeliest(lower.slice(prefix.length), [...candidates]);
}

function likeliest(lower: string, all: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = lower.length <= 4 ? 2 : 3;
  for (const candidate of all) {
    const edits = swapsNeighbours(lower, candidate) ? 1 : distance(lower, candidate);
    if (edits < bestDistance && edits < candidate.length) {
      best = candidate;
      bestDistance = edits;
    }
  }
  if (best !== null || lower.length < 3) return best;
  const begun = all.filter((candidate) => candidate.startsWith(lower));
  return begun.toSorted((one, other) => one.length - other.length)[0] ?? null;
}

/** Two neighbouring letters typed in the wrong order are one slip, which the distance counts as two. */
function swapsNeighbours(word: string, candidate: string): boolean {
  if (word.length !== candidate.length) return false;
  const at = [...word].findIndex((letter, index) => letter !== candidate[index]);
  return (
    at >= 0 &&
    word[at] === candidate[at + 1] &&
    word[at + 1] === candidate[at] &&
    word.slice(at + 2) === candidate.slice(at + 2)
  );
}
