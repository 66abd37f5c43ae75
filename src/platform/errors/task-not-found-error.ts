import { OperationalError } from '../../lib/operational-error.ts';

/** Code 123009. `operationId` is null when the platform said it to a call that names no task. */
export class TaskNotFoundError extends OperationalError {
  readonly operationId: string | null;

  constructor(operationId: string | null) {
    super(`The platform knows no upgrade task ${operationId ?? 'for this question'} (123009).`, {
      code: 'task-not-found',
      advice:
        'Check the id. A task seen earlier may have been removed on the platform, or it belongs to another appId.',
      repeat: 'refused',
    });
    this.operationId = operationId;
  }
}
