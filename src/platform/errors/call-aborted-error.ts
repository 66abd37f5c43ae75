import { OperationalError } from '../../lib/operational-error.ts';

/** Whoever wanted the answer gave up, or the client was closed. */
export class CallAbortedError extends OperationalError {
  constructor() {
    super('The call was given up before its answer came.', {
      code: 'call-aborted',
      advice: 'Nothing needs to be done: the program was stopping, or the answer was no longer wanted.',
      repeat: 'ambiguous',
    });
  }
}
