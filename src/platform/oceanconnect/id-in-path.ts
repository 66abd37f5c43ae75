import { isSafeId } from '../../core/task/ids.ts';
import { UnsafeIdError } from '../errors.ts';

/** The id as a part of a path; an UnsafeIdError, before any call, for one that could change the rest of the path. */
export function idInPath(id: string, what: 'task' | 'device'): string {
  if (!isSafeId(id)) throw new UnsafeIdError(what);
  return encodeURIComponent(id);
}
