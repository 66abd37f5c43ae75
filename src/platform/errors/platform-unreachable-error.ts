import { OperationalError, type Repeat } from '../../lib/operational-error.ts';

/** No answer came back: refused, not found, or broken off. */
export class PlatformUnreachableError extends OperationalError {
  constructor(what: string, advice: string, repeat: Repeat, cause?: unknown) {
    super(`The platform cannot be reached: ${what}.`, {
      code: 'platform-unreachable',
      advice,
      repeat,
      cause,
    });
  }
}
