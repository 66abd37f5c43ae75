import { OperationalError } from '../../lib/operational-error.ts';

export class PlatformTimeoutError extends OperationalError {
  constructor(timeoutMs: number) {
    super(`The platform did not answer completely within ${timeoutMs} ms.`, {
      code: 'platform-timeout',
      advice:
        'Ask again later. If it happens often, raise IOT_TIMEOUT_MS, or check whether a firewall drops the packets.',
      repeat: 'ambiguous',
    });
  }
}
