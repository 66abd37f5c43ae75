import { findContradictions } from '../filter/contradictions.ts';
import type { FilterProblem, ListRequest } from '../filter/filter.ts';
import { type ParsedTerms, parseTerms, toListRequest } from '../filter/parse-terms.ts';
import type { SubscriptionWish } from '../subscription/subscription.ts';
import { misplacedSubcommand, nearestSubcommand, readSubcommand } from './subcommand.ts';

/** What a line after `/upgrades` asks for. */
export type Question =
  | { readonly kind: 'overview'; readonly private: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'health' }
  | { readonly kind: 'list'; readonly request: ListRequest }
  | { readonly kind: 'task'; readonly operationId: string; readonly private: boolean }
  /** A bare id: a device or a task; only the platform and the mirror can tell which. */
  | { readonly kind: 'look-up'; readonly id: string; readonly private: boolean }
  | { readonly kind: 'subscribe'; readonly wish: SubscriptionWish }
  /**
   * `all`: all of the channel's subscriptions. Without a wish and without `all`: the only one, or a choice of
   * several.
   */
  | { readonly kind: 'unsubscribe'; readonly wish: SubscriptionWish | null; readonly all: boolean }
  | { readonly kind: 'subscriptions' }
  /** What was and was not posted about a task here. */
  | { readonly kind: 'why'; readonly operationId: string }
  | { readonly kind: 'misunderstood'; readonly problems: readonly FilterProblem[] };

/** Reads one line. Never throws and never asks for more than the line says: a doubtful word stops the question. */
export function parseQuestion(line: string): Question {
  const word = line.trim().toLowerCase();
  if (word === '' || word === 'private') return { kind: 'overview', private: word === 'private' };
  const subcommand = readSubcommand(line);
  if (subcommand !== null) return subcommand;
  const parsed = parseTerms(line);
  const misplaced = misplacedSubcommand(parsed.ids);
  // Words after a mistyped subcommand are not a filter, so they are not reported as problems.
  const first = misplaced !== null && line.trimStart().startsWith(misplaced.word);
  if (misplaced !== null && (first || parsed.problems.length === 0)) return misunderstood([misplaced]);
  if (parsed.problems.length > 0) return misunderstood(parsed.problems.map(withSubcommands));
  if (parsed.ids.length > 0) return lookUp(parsed);
  const contradictions = findContradictions(parsed.terms);
  if (contradictions.length > 0) return misunderstood(contradictions);
  return singleTask(parsed) ?? { kind: 'list', request: toListRequest(parsed) };
}

function misunderstood(problems: readonly FilterProblem[]): Question {
  return { kind: 'misunderstood', problems };
}

function withSubcommands(problem: FilterProblem): FilterProblem {
  return problem.suggestion === null ? { ...problem, suggestion: nearestSubcommand(problem.word) } : problem;
}

function lookUp(parsed: ParsedTerms): Question {
  const [id, second] = parsed.ids;
  if (id === undefined) return { kind: 'help' };
  if (second !== undefined) {
    return misunderstood([
      {
        word: second,
        message: 'only one id can be looked up at a time; several devices are written with a comma',
        suggestion: `device:${parsed.ids.join(',')}`,
      },
    ]);
  }
  if (parsed.terms.length > 0 || parsed.page !== null || parsed.size !== null || parsed.sort !== null) {
    return misunderstood([
      {
        word: id,
        message: 'an id stands alone; beside other words, say what it is the id of',
        suggestion: `device:${id}`,
      },
    ]);
  }
  return { kind: 'look-up', id, private: parsed.private };
}

function singleTask(parsed: ParsedTerms): Question | null {
  const [term, ...others] = parsed.terms;
  if (!term || others.length > 0 || term.field !== 'task' || term.not || term.values.length !== 1)
    return null;
  const operationId = term.values[0];
  return operationId === undefined ? null : { kind: 'task', operationId, private: parsed.private };
}
