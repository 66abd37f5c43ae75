import { OperationalError } from '../../lib/operational-error.ts';

/** Code 100247 on login. */
export class ApplicationFrozenError extends OperationalError {
  constructor() {
    super('The platform has frozen this application (100247), so nobody can log in with its appId.', {
      code: 'application-frozen',
      advice: 'Ask the platform operator to unfreeze the application; an unpaid account is a usual reason.',
      repeat: 'refused',
    });
  }
}
