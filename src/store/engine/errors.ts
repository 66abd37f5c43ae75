import { OperationalError } from '../../lib/operational-error.ts';

/** Another process has taken over the lease that a write relied on; nothing was written. */
export class LeaseLostError extends OperationalError {
  constructor(name: string) {
    super(`Another process took over ${name}, or the database did not answer in time to keep it.`, {
      code: 'lease-lost',
      advice: 'Nothing has to be done: the other process goes on, and this one stands by.',
      repeat: 'wait',
    });
  }
}

/** The tables of the store could not be migrated to this version. */
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

/** The tables of the store were created by a newer version of this program. */
export class NewerStoreError extends OperationalError {
  constructor(names: readonly string[]) {
    super(`The store was made by a newer version of this program (it knows the step ${names.join(', ')}).`, {
      code: 'store-newer',
      advice: 'Start the newer version again, or point DATABASE_URL at another store. Nothing was changed.',
      repeat: 'refused',
    });
  }
}
