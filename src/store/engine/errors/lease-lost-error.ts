import { OperationalError } from '../../../lib/operational-error.ts';

/** What this process was about to write is another one's task by now; nothing was written. */
export class LeaseLostError extends OperationalError {
  constructor(name: string) {
    super(`Another process took over ${name}, or the database did not answer in time to keep it.`, {
      code: 'lease-lost',
      advice: 'Nothing has to be done: the other process goes on, and this one stands by.',
      repeat: 'wait',
    });
  }
}
