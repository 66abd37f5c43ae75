import { OperationalError } from '../../lib/operational-error.ts';

/** Something answered, but not as the platform does. The body is never part of the error. */
export function unreadableAnswer(
  what: string,
  advice: string,
  httpStatus: number | null = null,
): OperationalError {
  const status = httpStatus === null ? '' : ` (HTTP ${httpStatus})`;
  return new OperationalError(`The answer cannot be read: ${what}${status}.`, {
    code: 'unreadable-answer',
    advice,
    repeat: 'ambiguous',
  });
}
