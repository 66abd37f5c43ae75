import { OperationalError } from '../../lib/operational-error.ts';

/** The id was refused before any call: in a path it could have asked for something else. */
export class UnsafeIdError extends OperationalError {
  constructor(what: 'task' | 'device') {
    super(`This cannot be the id of a ${what}; nothing was asked.`, {
      code: 'unsafe-id',
      advice: 'An id has 1 to 256 letters, digits, dots, underscores, colons or hyphens.',
      repeat: 'refused',
    });
  }
}
