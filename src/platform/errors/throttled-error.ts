import type { Instant } from '../../lib/instant.ts';
import { OperationalError } from '../../lib/operational-error.ts';

/** The platform said 1010009, now or less than a minute ago. Until `availableAt` no call is made for anyone. */
export class ThrottledError extends OperationalError {
  readonly availableAt: Instant;

  constructor(availableAt: Instant) {
    super('The platform refuses further calls of this application for the rest of the minute (1010009).', {
      code: 'platform-throttled',
      advice:
        'Wait for the next minute. If it happens often, another program calls with the same appId: give the bot an ' +
        'appId of its own, lower IOT_CALLS_PER_MINUTE, or have the platform operator raise the limit.',
      repeat: 'wait',
    });
    this.availableAt = availableAt;
  }
}
