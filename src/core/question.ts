import { findContradictions } from './filter/contradictions.ts';
import type { FilterProblem, ListRequest } from './filter/filter.ts';
import { type ParsedTerms, parseTerms, toListRequest } from './filter/parse-terms.ts';
import { nearest } from './filter/vocabulary.ts';

/** What a line after `/upgrades` asks for. */
export type Question =
  | { readonly kind: 'overview'; readonly private: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'health' }
  | { readonly kind: 'list'; readonly request: ListRequest }
  | { readonly kind: 'task'; readonly operationId: string; readonly private: boolean }
  /** A bare id: a device's or a task's, which only the platform and the mirror can tell. */
  | { readonly kind: 'look-up'; readonly id: string; readonly private: boolean }
  | { readonly kind: 'misunderstood'; readonly problems: readonly FilterProblem[] };

const SUBCOMMANDS = ['help', 'health'];
/** Words people expect after the command; never the id of anything. */
const RESERVED = ['subscribe', 'unsubscribe', 'subscriptions', 'why'];

/** Reads one line. Never throws and never asks for more than the line says: a doubtful word stops the question. */
export function parseQuestion(line: string): Question {
  const word = line.trim().toLowerCase();
  if (word === '' || word === 'private') return { kind: 'overview', private: word === 'private' };
  if (word === 'help' || word === '?') return { kind: 'help' };
  if (word === 'health') return { kind: 'health' };
  const reserved = RESERVED.find((one) => one === word.split(/\s/)[0]);
  if (reserved !== undefined) {
    const message = 'is not possible here: this version tells the channel of the setting ALERT_CHANNEL';
    return misunderstood([{ word: reserved, message, suggestion: null }]);
  }
  const parsed = parseTerms(line);
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
  return problem.suggestion === null
    ? { ...problem, suggestion: nearest(problem.word, SUBCOMMANDS) }
    : problem;
}

function lookUp(parsed: ParsedTerms): Question {
  const [id, second] = parsed.ids;
  if (id === undefined) return { kind: 'help' };
  const subcommand = SUBCOMMANDS.find((name) => name === id.toLowerCase());
  const guess = /\d/.test(id) ? null : nearest(id, SUBCOMMANDS);
  if (subcommand !== undefined) {
    return misunderstood([{ word: id, message: 'stands alone on its line', suggestion: subcommand }]);
  }
  if (guess !== null) {
    return misunderstood([{ word: id, message: 'is no word of a filter', suggestion: guess }]);
  }
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
