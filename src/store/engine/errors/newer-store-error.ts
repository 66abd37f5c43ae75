import { OperationalError } from '../../../lib/operational-error.ts';

/** The store's tables were made by a newer version of this program. */
export class NewerStoreError extends OperationalError {
  constructor(names: readonly string[]) {
    super(`The store was made by a newer version of this program (it knows the step ${names.join(', ')}).`, {
      code: 'store-newer',
      advice: 'Start the newer version again, or point DATABASE_URL at another store. Nothing was changed.',
      repeat: 'refused',
    });
  }
}
