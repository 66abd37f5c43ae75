import { OperationalError } from '../../lib/operational-error.ts';

/** The platform does not accept appId and secret: 100208, and what older deployments say instead. */
export class LoginRefusedError extends OperationalError {
  constructor(platformCode: string) {
    super(`The platform refused the login: appId or secret is not right (${platformCode}).`, {
      code: 'login-refused',
      advice:
        'Check IOT_APP_ID and IOT_SECRET, and that IOT_BASE_URL is the platform on which this application was created.',
      repeat: 'refused',
    });
  }
}
