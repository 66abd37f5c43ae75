import { OperationalError } from '../../lib/operational-error.ts';

/** Something answered, but not with what the platform answers. The body is never part of the error. */
export class UnreadableAnswerError extends OperationalError {
  readonly httpStatus: number | null;

  constructor(what: string, advice: string, httpStatus: number | null = null) {
    const status = httpStatus === null ? '' : ` (HTTP ${httpStatus})`;
    super(`The answer cannot be read: ${what}${status}.`, {
      code: 'unreadable-answer',
      advice,
      repeat: 'ambiguous',
    });
    this.httpStatus = httpStatus;
  }
}
