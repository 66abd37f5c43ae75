import type { FilterProblem } from '../filter/filter.ts';
import { nearest } from '../filter/vocabulary.ts';
import { parseSubscriptionWish } from '../subscription/parse-wish.ts';
import type { Question } from './question.ts';
import { readId } from './read-id.ts';

const ALONE = ['help', 'health', 'subscriptions'];
/** If a typo is equally close to two, the first wins: nobody who wants to unsubscribe may end up subscribing. */
const SUBCOMMANDS = [...ALONE, 'unsubscribe', 'subscribe', 'why'];
/** Short for `subscriptions`, although the letters are closer to `subscribe`. */
const SHORT = new Map([['subs', 'subscriptions']]);

/** The question for a line that starts with a subcommand; null if it starts with anything else. */
export function readSubcommand(line: string): Question | null {
  const trimmed = line.trim();
  const [typed = ''] = trimmed.split(/\s/, 1);
  const word = typed.toLowerCase();
  const rest = trimmed.slice(typed.length).trim();
  if (ALONE.includes(word) && rest !== '') return misunderstood(outOfPlace(word));
  switch (word) {
    case '?':
      return rest === '' ? { kind: 'help' } : null;
    case 'help':
    case 'health':
    case 'subscriptions':
      return { kind: word };
    case 'subscribe':
    case 'unsubscribe':
      return readSubscription(word, rest);
    case 'why':
      return readWhy(rest);
    default:
      return null;
  }
}

/** The problem if one of the words read as ids is a subcommand, or the first nearly is; null otherwise. */
export function misplacedSubcommand(ids: readonly string[]): FilterProblem | null {
  const exact = ids.find((id) => SUBCOMMANDS.includes(id.toLowerCase()));
  if (exact !== undefined) return { ...outOfPlace(exact.toLowerCase()), word: exact };
  const [first] = ids;
  const suggestion = first === undefined || /\d/.test(first) ? null : nearestSubcommand(first);
  if (first === undefined || suggestion === null) return null;
  return { word: first, message: 'is no word of a filter', suggestion };
}

/** The subcommand a mistyped word probably meant, or null. */
export function nearestSubcommand(word: string): string | null {
  return SHORT.get(word.toLowerCase()) ?? nearest(word, SUBCOMMANDS);
}

function readSubscription(kind: 'subscribe' | 'unsubscribe', rest: string): Question {
  if (/^(?:help|\?)$/i.test(rest)) return { kind: 'help' };
  if (kind === 'unsubscribe' && /^(?:all)?$/i.test(rest)) return { kind, wish: null, all: rest !== '' };
  const reading = parseSubscriptionWish(rest);
  if (!reading.ok) return { kind: 'misunderstood', problems: reading.problems };
  return kind === 'subscribe' ? { kind, wish: reading.wish } : { kind, wish: reading.wish, all: false };
}

function readWhy(rest: string): Question {
  const operationId = readId(rest, 'task');
  if (operationId !== null) return { kind: 'why', operationId };
  const message =
    'is followed by the id of one task and nothing else; the id stands beside every task in a list';
  return misunderstood({ word: 'why', message, suggestion: 'why task:…' });
}

function outOfPlace(word: string): FilterProblem {
  const message = ALONE.includes(word) ? 'stands alone on its line' : 'stands first on its line';
  return { word, message, suggestion: word };
}

function misunderstood(problem: FilterProblem): Question {
  return { kind: 'misunderstood', problems: [problem] };
}
