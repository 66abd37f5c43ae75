import type { ListRequest, ValueTerm } from '../core/filter/filter.ts';
import { KNOWN_STATUSES, KNOWN_TYPES } from '../core/task/task.ts';
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

/** The query member for each grammar field. The platform cannot filter by group or task id (iot_06_0082). */
const PARAMETERS = {
  status: 'status',
  type: 'type',
  devicetype: 'deviceType',
  model: 'model',
  manufacturer: 'manufacturerName',
  device: 'deviceId',
} as const;

/**
 * Decides between platform and mirror: the platform takes one value for each of six fields and a page, so every
 * other question goes to the mirror. Live pages are never filtered afterwards: they would hold too few tasks. The
 * platform compares names exactly, so they must come in its own spelling, of which there may be several.
 */
export function planRequest(request: ListRequest): Plan {
  const reasons = new Set<MirrorReason>();
  const query: Draft = {
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

type Draft = { -readonly [Key in keyof TaskQuery]: TaskQuery[Key] };

function takeValue(term: ValueTerm, query: Draft, reasons: Set<MirrorReason>): void {
  const value = term.values[0];
  if (term.not) reasons.add('negation');
  else if (term.values.length !== 1 || value === undefined) reasons.add('several-values');
  else if (term.field === 'group' || term.field === 'task') reasons.add('field-unknown-to-platform');
  else {
    const parameter = PARAMETERS[term.field];
    if (query[parameter] !== undefined && query[parameter] !== value) reasons.add('field-twice');
    if (parameter === 'status') query.status = KNOWN_STATUSES.find((status) => status === value);
    else if (parameter === 'type') query.type = KNOWN_TYPES.find((type) => type === value);
    else query[parameter] = value;
    // A value the port does not know must not widen the query.
    if (query[parameter] === undefined) reasons.add('field-unknown-to-platform');
  }
}
