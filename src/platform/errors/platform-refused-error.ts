import { OperationalError, type Repeat } from '../../lib/operational-error.ts';

/** An error of the platform that no handler needs to tell apart by class; `code` still does for logs and metrics. */
export class PlatformRefusedError extends OperationalError {
  /** The platform's own code, or null when it gave none. */
  readonly platformCode: string | null;
  readonly httpStatus: number;

  constructor(details: {
    code: string;
    message: string;
    advice: string;
    repeat: Repeat;
    platformCode: string | null;
    httpStatus: number;
  }) {
    super(details.message, details);
    this.platformCode = details.platformCode;
    this.httpStatus = details.httpStatus;
  }
}
