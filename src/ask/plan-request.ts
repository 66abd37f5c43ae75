import type { ListRequest, ValueTerm } from '../core/filter/filter.ts';
import type { TaskQuery } from '../platform/port.ts';

/** Why the platform's list call cannot answer a question by itself. */
export type MirrorReason =
  | 'several-values'
  | 'negation'
  | 'field-unknown-to-platform'
  | 'field-twice'
  | 'time'
  | 'share-of-failures'
  | 'order';

export type Plan =
  | { readonly source: 'platform'; readonly query: TaskQuery }
  | { readonly source: 'mirror'; readonly reasons: readonly MirrorReason[] };

/** The list call's parameters (iot_06_0082) by the grammar's fields. It knows neither groups nor ids of tasks. */
const PARAMETERS = {
  status: 'operationStatus',
  type: 'operationType',
  devicetype: 'deviceType',
  model: 'model',
  manufacturer: 'manufacturerName',
  device: 'deviceId',
} as const;

/**
 * Decides who can answer: the platform takes one value for each of six fields and a page, nothing else; every other
 * question goes to the mirror. A part is never asked of the platform and filtered afterwards, since its pages would
 * then hold too few tasks. It compares sign by sign: names have to come in its own spelling, of which there may be several.
 */
export function planRequest(request: ListRequest): Plan {
  const reasons = new Set<MirrorReason>();
  const query: { -readonly [Key in keyof TaskQuery]: TaskQuery[Key] } = {
    pageNo: request.page - 1,
    pageSize: request.size,
  };
  if (request.sort !== null) reasons.add('order');
  for (const term of request.terms) {
    if ('comparison' in term) reasons.add('share-of-failures');
    else if ('time' in term) reasons.add('time');
    else takeValue(term, query, reasons);
  }
  return reasons.size === 0 ? { source: 'platform', query } : { source: 'mirror', reasons: [...reasons] };
}

function takeValue(
  term: ValueTerm,
  query: { -readonly [Key in keyof TaskQuery]: TaskQuery[Key] },
  reasons: Set<MirrorReason>,
): void {
  const value = term.values[0];
  if (term.not) reasons.add('negation');
  else if (term.values.length !== 1 || value === undefined) reasons.add('several-values');
  else if (term.field === 'group' || term.field === 'task') reasons.add('field-unknown-to-platform');
  else {
    const parameter = PARAMETERS[term.field];
    if (query[parameter] !== undefined && query[parameter] !== value) reasons.add('field-twice');
    query[parameter] = value;
  }
}
