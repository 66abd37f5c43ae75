import type { Repeat } from '../../lib/operational-error.ts';

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
  readonly repeat: Repeat;
}

const INTERNAL: Refusal = {
  code: 'platform-internal',
  message: 'The platform failed inside',
  advice: 'Ask again later; if it lasts, tell the platform operator the code.',
  repeat: 'wait',
};

const BAD_LOGIN_PARAMETER: Refusal = {
  code: 'bad-login-parameter',
  message: 'The platform finds a parameter of the login missing or invalid',
  advice:
    'Check that IOT_APP_ID and IOT_SECRET are complete, and that IOT_BASE_URL is an OceanConnect platform.',
  repeat: 'refused',
};

/**
 * The documented codes that need no class of their own.
 *
 * Platform facts: the error tables of iot_06_2289, iot_06_0060 and the login page. That of 120015 speaks of a `fileId`,
 * which belongs to another call.
 */
export const REFUSALS: ReadonlyMap<string, Refusal> = new Map(
  Object.entries<Refusal>({
    '120015': {
      code: 'bad-request',
      message: 'The platform cannot make sense of the question',
      advice: 'Check the ids and words asked for; if they are right, report it as an error of this program.',
      repeat: 'refused',
    },
    '100405': {
      code: 'bad-device-parameter',
      message: 'The platform refuses a parameter of the device look-up',
      advice: 'Check the device id.',
      repeat: 'refused',
    },
    '100203': {
      code: 'application-unknown',
      message: 'The platform does not know this application',
      advice: 'Check IOT_APP_ID, and that IOT_BASE_URL is the platform on which the application was created.',
      repeat: 'refused',
    },
    '100217': {
      code: 'application-not-authorized',
      message: 'This application may not see what was asked for',
      advice: 'Have the owner of the devices authorize this application on the platform.',
      repeat: 'refused',
    },
    '100501': {
      code: 'platform-congested',
      message: 'The platform is congested and turns calls away',
      advice: 'Ask again in a minute.',
      repeat: 'wait',
    },
    '102202': BAD_LOGIN_PARAMETER,
    '50400': BAD_LOGIN_PARAMETER,
    '100022': BAD_LOGIN_PARAMETER,
    '50252': INTERNAL,
    '100001': INTERNAL,
    '100023': INTERNAL,
    '100220': {
      code: 'app-key-missing',
      message: 'The platform did not find the appId in the header of the call',
      advice: 'Check whether a proxy in front of the platform removes the header app_key.',
      repeat: 'refused',
    },
  }),
);
