import { CHANGE_KINDS, type ChangeKind } from '../change/changes.ts';
import { nearest, nearestOpposite } from '../filter/vocabulary.ts';

/** Every word for a kind of change: the kinds themselves, the statuses as asking knows them, and unmistakable forms. */
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

/** Words that could be meant in more than one way: what is suggested for them. */
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

/** The kinds a word stands for; null for no word of this kind. Case does not matter. */
export function kindsOf(word: string): readonly ChangeKind[] | null {
  return KIND_WORDS.get(word.toLowerCase()) ?? null;
}

/** What a word that stands for no kind probably meant: words for kinds, or one of those that are possible too; or null. */
export function nearestKind(word: string, possibleToo: readonly string[] = []): string | null {
  return PERHAPS.get(word.toLowerCase()) ?? nearest(word, [...KIND_WORDS.keys(), ...possibleToo]);
}

/** The word for a kind that a word is the opposite of, such as `!failed`; null: it is not one. */
export function oppositeKind(word: string): string | null {
  return nearestOpposite(word, KIND_WORDS.keys());
}

/** Kinds in their fixed order, none twice. */
export function inKindOrder(kinds: readonly ChangeKind[]): readonly ChangeKind[] {
  return CHANGE_KINDS.filter((kind) => kinds.includes(kind));
}
