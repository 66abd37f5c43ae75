import { CHANGE_KINDS, type ChangeKind } from '../change/changes.ts';
import { nearest, nearestOpposite } from '../filter/vocabulary.ts';

/**
 * All words for a kind of change: the kinds themselves, the status words from questions, and unambiguous variants.
 */
const KIND_WORDS: ReadonlyMap<string, readonly ChangeKind[]> = new Map<string, readonly ChangeKind[]>([
  ...CHANGE_KINDS.map((kind) => [kind, [kind]] as const),
  ['create', ['created']],
  ['waiting', ['created']],
  ['wait', ['created']],
  ['start', ['started']],
  ['running', ['started']],
  ['processing', ['started']],
  ['active', ['created', 'started']],
  ['success', ['succeeded']],
  ['successful', ['succeeded']],
  ['succeed', ['succeeded']],
  ['stop', ['stopped']],
]);

/** Suggestions for words with more than one possible meaning. */
const PERHAPS: ReadonlyMap<string, string> = new Map([
  ['new', 'created'],
  ['begun', 'started'],
  ['stuck', 'stalled'],
  ['hanging', 'stalled'],
  ['late', 'overdue'],
  ['gone', 'vanished'],
  ['deleted', 'vanished'],
  ['done', 'succeeded'],
  ['ok', 'succeeded'],
  ['ended', 'failed,succeeded,stopped'],
  ['finished', 'failed,succeeded,stopped'],
  ['completed', 'failed,succeeded,stopped'],
  ['timeout', 'failing,stalled'],
  ['error', 'failed'],
  ['errors', 'failed,failing'],
]);

/** The kinds a word stands for; null if it is not such a word. Case does not matter. */
export function kindsOf(word: string): readonly ChangeKind[] | null {
  return KIND_WORDS.get(word.toLowerCase()) ?? null;
}

/** What an unknown word probably meant: words for kinds, or one of `possibleToo`; null if nothing is close. */
export function nearestKind(word: string, possibleToo: readonly string[] = []): string | null {
  return PERHAPS.get(word.toLowerCase()) ?? nearest(word, [...KIND_WORDS.keys(), ...possibleToo]);
}

/** The word for a kind that this word negates, such as `!failed`; null if there is none. */
export function oppositeKind(word: string): string | null {
  return nearestOpposite(word, KIND_WORDS.keys());
}

/** Kinds in their fixed order, without duplicates. */
export function inKindOrder(kinds: readonly ChangeKind[]): readonly ChangeKind[] {
  return CHANGE_KINDS.filter((kind) => kinds.includes(kind));
}
