import { KNOWN_STATUSES, type StatusAndWord, type TaskStatus } from '../../core/task/task.ts';

const UNKNOWN = 'unknown:';

/** A status as stored: our word, with the platform's appended if ours is `unknown`, as in `unknown:paused`. */
export function statusText({ status, statusWord }: StatusAndWord): string {
  return status === 'unknown' && statusWord !== null ? `${UNKNOWN}${statusWord}` : status;
}

/** Parses what `statusText` wrote. */
export function statusOf(text: string): StatusAndWord {
  return {
    status: statusAlone(text),
    statusWord: text.startsWith(UNKNOWN) ? text.slice(UNKNOWN.length) : null,
  };
}

/** The status without the platform's word. */
export function statusAlone(text: string): TaskStatus {
  return KNOWN_STATUSES.find((known) => known === text) ?? 'unknown';
}
