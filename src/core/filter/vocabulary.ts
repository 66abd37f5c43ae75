import { distance } from 'fastest-levenshtein';
import { KNOWN_STATUSES, KNOWN_TYPES } from '../task/task.ts';
import type { TextField, WordField } from './filter.ts';

interface Meaning {
  readonly field: WordField;
  readonly values: readonly string[];
}

/** Every bare word of the grammar, including the platform's, with the words of ours it stands for. */
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

/** The statuses and types among these, in the order of the normal form. */
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

/** Prefixes that negate a word: `-failed`, `!failed`, `unfailed`, `inactive`. */
const OPPOSITE = /^(?:[!¬~^≠\u2212\p{Pd}]+=?|un|in|non?-?|not-?)(?=.)/u;

/**
 * The candidate a mistyped word probably meant: the closest one, or one it is a prefix of (`fail`, `firm`). Null
 * if none is close enough. Allows one edit for words of up to four letters, two for longer ones; more would turn
 * ids into words. Never returns one the word negates.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const all = [...candidates];
  const best = likeliest(word.toLowerCase(), all);
  return best !== null && best === nearestOpposite(word, all) ? null : best;
}

/** The candidate that a word negates, judging by its prefix; null if there is none. */
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

/** Two swapped neighbouring letters are one typo, but an edit distance of two. */
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
