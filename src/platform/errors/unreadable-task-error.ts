import { OperationalError } from '../../lib/operational-error.ts';

/** The platform answered about one task with something that is no task; its other answers may be well. */
export class UnreadableTaskError extends OperationalError {
  constructor() {
    super('The platform’s answer about this upgrade task cannot be read: it is no upgrade task.', {
      code: 'unreadable-task',
      advice: 'Ask again; if it lasts, tell the platform operator.',
      repeat: 'wait',
    });
  }
}
