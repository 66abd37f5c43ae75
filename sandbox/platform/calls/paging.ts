import type { Behaviour } from '../behaviour.ts';
import type { WireJson } from '../server/answers.ts';
import { ok, WIRE_ERRORS } from '../server/answers.ts';
import type { IncomingCall } from '../world.ts';
import type { CallAnswer } from './call-answer.ts';

/** Which page is asked for. `pageNo` null: left out. */
export interface PageAsked {
  readonly pageNo: number | null;
  readonly pageSize: number;
}

/** Reads `pageNo` and `pageSize`; null where one of them is no number within its limits. */
export function pageAsked(query: URLSearchParams, behaviour: Behaviour): PageAsked | null {
  const pageNo = wholeNumber(query.get('pageNo'));
  const pageSize = wholeNumber(query.get('pageSize')) ?? 10;
  if (Number.isNaN(pageNo) || Number.isNaN(pageSize) || pageSize < 1 || pageSize > 100) return null;
  if (pageNo !== null && behaviour.maxPageNo !== null && pageNo > behaviour.maxPageNo) return null;
  return { pageNo, pageSize };
}

/** Cuts the page out of all matches (given in the order sent) and words the envelope. */
export function pageAnswer<Row>(
  call: IncomingCall,
  asked: PageAsked,
  matches: { readonly length: number; slice(from: number, to: number): readonly Row[] },
  behaviour: Behaviour,
  write: (row: Row) => WireJson,
): CallAnswer {
  const everything = asked.pageNo === null && behaviour.withoutPageNo === 'everything';
  const size = everything ? matches.length : asked.pageSize;
  const from = (asked.pageNo ?? 0) * size;
  // The first page of nothing is a page, not a page beyond the end.
  if (from > 0 && from >= matches.length && behaviour.beyondTheEnd === 'error')
    return WIRE_ERRORS.beyondLimit;
  const data = matches.slice(from, from + size).map(write);
  const answer = ok({
    data,
    pageNo: everything ? null : (asked.pageNo ?? 0),
    pageSize: everything ? null : size,
    ...totalOf(matches.length, behaviour),
  });
  behaviour.betweenPages?.({
    call: call.name,
    query: Object.fromEntries(call.query),
    pageNo: asked.pageNo,
    rows: data.length,
    total: matches.length,
  });
  return answer;
}

function wholeNumber(text: string | null): number | null {
  if (text === null) return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

function totalOf(length: number, { total }: Behaviour): Readonly<Record<string, number>> {
  if (total === 'absent') return {};
  return total === 'too-small' ? { totalCount: Math.min(1, length) } : { [total]: length };
}
