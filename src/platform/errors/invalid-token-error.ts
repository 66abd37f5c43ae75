import { OperationalError } from '../../lib/operational-error.ts';

/** Code 1010005: the token, or the appId sent beside it, is not accepted. */
export class InvalidTokenError extends OperationalError {
  constructor(platformCode: string) {
    super(`The platform does not accept the access token or the appId (${platformCode}).`, {
      code: 'token-refused',
      advice:
        'Check IOT_APP_ID, and that no other program logs in with it: each login makes all earlier tokens invalid.',
      repeat: 'refused',
    });
  }
}
