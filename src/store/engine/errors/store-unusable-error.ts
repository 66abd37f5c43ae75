import { OperationalError } from '../../../lib/operational-error.ts';

/** The store cannot be used as it is, for a reason that people can mend. */
export class StoreUnusableError extends OperationalError {}
