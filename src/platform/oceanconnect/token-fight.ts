import { OperationalError } from '../../lib/operational-error.ts';

/** Three tokens were refused well before their end within ten minutes. */
export function tokenFight(cause?: unknown): OperationalError {
  return new OperationalError(
    'Another program logs in with this appId: three access tokens stopped working long before their end within ' +
      'ten minutes, and only the newest token of an appId works.',
    {
      code: 'token-fight',
      advice:
        'Give the bot a dedicated appId, and let the device data be granted to it by application authorization; ' +
        'or stop the other program.',
      repeat: 'refused',
      cause,
    },
  );
}
