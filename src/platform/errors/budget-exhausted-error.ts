import type { Instant } from '../../lib/instant.ts';
import { OperationalError } from '../../lib/operational-error.ts';
import type { WaitReason } from '../budget/call-budget.ts';

const MEANING: Record<Exclude<WaitReason, 'throttled'>, string> = {
  'budget-full': 'all calls of this minute are used',
  'kept-for-watching': 'the calls that are left this minute are kept for watching the tasks',
  'kept-for-others': 'the calls that are left this minute are kept for people and for new failures',
  'person-share-used': 'all calls that one person may make in this minute are used',
  'sweep-share-used': 'all calls that sweeps may make in this minute are used',
};

/** Our own budget has no room for this call; it was not made. From `availableAt` on it would be. */
export class BudgetExhaustedError extends OperationalError {
  readonly availableAt: Instant;
  readonly reason: Exclude<WaitReason, 'throttled'>;

  constructor(reason: Exclude<WaitReason, 'throttled'>, availableAt: Instant, callsPerMinute: number) {
    super(`The platform was not asked: ${MEANING[reason]} (${callsPerMinute} a minute).`, {
      code: 'call-budget-exhausted',
      advice: 'Ask again in a minute for live figures.',
      repeat: 'wait',
    });
    this.availableAt = availableAt;
    this.reason = reason;
  }
}
