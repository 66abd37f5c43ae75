import type { WaitReason } from '../../core/call-budget.ts';
import { OperationalError } from '../../core/operational-error.ts';
import type { Instant } from '../../core/task.ts';

const MEANING: Record<Exclude<WaitReason, 'throttled'>, string> = {
  'budget-full': 'all calls of this minute are used',
  'polling-half-used': 'polling has used its half of the calls of this minute',
  'kept-for-polling': 'the calls left to polling this minute are kept for the next cycle',
};

/** Our own budget has no room for this call; it was not made. From `availableAt` on it would be. */
export class BudgetExhaustedError extends OperationalError {
  readonly availableAt: Instant;
  readonly reason: Exclude<WaitReason, 'throttled'>;

  constructor(reason: Exclude<WaitReason, 'throttled'>, availableAt: Instant, callsPerMinute: number) {
    super(`The call was not made: ${MEANING[reason]} (${callsPerMinute} a minute).`, {
      code: 'call-budget-exhausted',
      advice:
        'Ask again when the budget has room. If it happens often, have the platform operator raise the limit of the ' +
        'appId and set IOT_CALLS_PER_MINUTE to it.',
      repeat: 'wait',
    });
    this.availableAt = availableAt;
    this.reason = reason;
  }
}
