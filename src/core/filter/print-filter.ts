import { DEFAULT_PAGE_SIZE, type ListRequest, type Term, type ValueTerm } from './filter.ts';
import { needsQuotes, quote } from './quotes.ts';
import { printTimeExpression } from './time-expression.ts';

/**
 * The normal form of a question: parsing it gives the same question again. Shown under every answer, so that
 * people see how their line was understood, and kept in buttons and subscriptions.
 */
export function printRequest(request: ListRequest): string {
  return [
    printTerms(request.terms),
    request.sort === null ? '' : `sort:${request.sort}`,
    request.size === DEFAULT_PAGE_SIZE ? '' : `size:${request.size}`,
    request.page === 1 ? '' : `page:${request.page}`,
    request.private ? 'private' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** The terms alone, in the order typed. Empty for the filter that matches everything. */
export function printTerms(terms: readonly Term[]): string {
  return terms.map(printTerm).join(' ');
}

/** One term in normal form, such as `-model:X200` or `fail>=5%`. */
export function printTerm(term: Term): string {
  if ('comparison' in term) {
    return `fail${term.comparison}${term.amount}${term.unit === 'percent' ? '%' : ''}`;
  }
  if ('time' in term) {
    return `${term.field}:${printTimeExpression(term.time)}`;
  }
  return `${term.not ? '-' : ''}${printValues(term)}`;
}

function printValues(term: ValueTerm): string {
  if (term.field !== 'status' && term.field !== 'type') {
    return `${term.field}:${term.values.map(quoteIfNeeded).join(',')}`;
  }
  if (term.field === 'status' && term.values.join() === 'waiting,running') return 'active';
  // The shorter of the two words, as in printed filters and stored subscriptions.
  return term.values.map((value) => (value === 'succeeded' ? 'success' : value)).join(',');
}

/** On a line, spaces and commas end a value, and trailing punctuation is dropped. */
function quoteIfNeeded(value: string): string {
  return needsQuotes(value) || /[\s,]|[)\]}>.;:!?…。、]$/.test(value) ? quote(value) : value;
}
