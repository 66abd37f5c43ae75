import type { Instant } from '../lib/instant.ts';
import { OperationalError } from '../lib/operational-error.ts';
import type { WaitReason } from './budget/call-budget.ts';

/*
 * The errors of the port that callers distinguish. All other failures are plain OperationalErrors that differ
 * only in their code and texts.
 */

/** The platform has no upgrade task with this id, or hides it from this application. */
export class TaskNotFoundError extends OperationalError {}

/** The platform has no device with this id, or hides it from this application. */
export class DeviceNotFoundError extends OperationalError {}

/** The platform's answer about one task was not a task. Its other answers may still be fine. */
export class UnreadableTaskError extends OperationalError {
  constructor() {
    super('The platform’s answer about this upgrade task cannot be read: it is no upgrade task.', {
      code: 'unreadable-task',
      advice: 'Ask again; if it lasts, tell the platform operator.',
      repeat: 'wait',
    });
  }
}

/** The id was rejected before any call: inside a path it could have changed the request. */
export class UnsafeIdError extends OperationalError {
  constructor(what: 'task' | 'device') {
    super(`This cannot be the id of a ${what}; nothing was asked.`, {
      code: 'unsafe-id',
      advice: 'An id has 1 to 256 letters, digits, dots, underscores, colons or hyphens.',
      repeat: 'refused',
    });
  }
}

/** The caller stopped waiting for the answer, or the client was closed. */
export class CallAbortedError extends OperationalError {
  constructor() {
    super('The call was given up before its answer came.', {
      code: 'call-aborted',
      advice: 'Nothing needs to be done: the program was stopping, or the answer was no longer wanted.',
      repeat: 'ambiguous',
    });
  }
}

/** The platform answered 1010009, now or less than a minute ago. No calls are made before `availableAt`. */
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

type Exhausted = Exclude<WaitReason, 'throttled'>;

const MEANING: Record<Exhausted, string> = {
  'budget-full': 'all calls of this minute are used',
  'kept-for-watching': 'the calls that are left this minute are kept for watching the tasks',
  'kept-for-others': 'the calls that are left this minute are kept for people and for new failures',
  'person-share-used': 'all calls that one person may make in this minute are used',
  'sweep-share-used': 'all calls that sweeps may make in this minute are used',
};

/** Our own budget had no room for this call, so it was not made. It would be granted from `availableAt`. */
export class BudgetExhaustedError extends OperationalError {
  readonly availableAt: Instant;
  readonly reason: Exhausted;

  constructor(reason: Exhausted, availableAt: Instant, callsPerMinute: number) {
    super(`The platform was not asked: ${MEANING[reason]} (${callsPerMinute} a minute).`, {
      code: 'call-budget-exhausted',
      advice: 'Ask again in a minute for live figures.',
      repeat: 'wait',
    });
    this.availableAt = availableAt;
    this.reason = reason;
  }
}
