import { OperationalError } from '../../../lib/operational-error.ts';

/** The store could not be brought to this version's tables. */
export class MigrationError extends OperationalError {
  constructor(cause: unknown) {
    super('The tables of the store could not be brought up to date.', {
      code: 'store-migration-failed',
      advice: 'Restore the store from its backup and report the cause; the step was rolled back.',
      repeat: 'refused',
      cause,
    });
  }
}
