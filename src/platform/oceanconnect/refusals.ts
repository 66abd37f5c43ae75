import { OperationalError, type OperationalErrorDetails } from '../../lib/operational-error.ts';
import { DeviceNotFoundError, TaskNotFoundError } from '../errors.ts';

/** The platform rejected the token, or the appId sent with it. */
export class InvalidTokenError extends OperationalError {}

/** After the first page this only means that there are no more pages. */
export class PageBeyondLimitError extends OperationalError {}

/** The meaning of a platform code. In `message`, `{code}`, `{status}` and `{id}` are filled in from the call. */
export interface Refusal extends OperationalErrorDetails {
  readonly message: string;
  /** The error class, if callers distinguish this refusal from others. */
  readonly as?: new (
    message: string,
    details: OperationalErrorDetails,
  ) => OperationalError;
}

const INTERNAL: Refusal = {
  code: 'platform-internal',
  message: 'The platform failed inside ({code}, HTTP {status}).',
  advice: 'Ask again later; if it lasts, tell the platform operator the code.',
  repeat: 'wait',
};

const BAD_LOGIN_PARAMETER: Refusal = {
  code: 'bad-login-parameter',
  message: 'The platform finds a parameter of the login missing or invalid ({code}, HTTP {status}).',
  advice:
    'Check that IOT_APP_ID and IOT_SECRET are complete, and that IOT_BASE_URL is an OceanConnect platform.',
  repeat: 'refused',
};

const LOGIN_REFUSED: Refusal = {
  code: 'login-refused',
  message: 'The platform refused the login: appId or secret is not right ({code}).',
  advice:
    'Check IOT_APP_ID and IOT_SECRET, and that IOT_BASE_URL is the platform on which this application was created.',
  repeat: 'refused',
};

const TOKEN_REFUSED: Refusal = {
  code: 'token-refused',
  message: 'The platform does not accept the access token or the appId ({code}).',
  advice:
    'Check IOT_APP_ID, and that no other program logs in with it: each login makes all earlier tokens invalid.',
  repeat: 'refused',
  as: InvalidTokenError,
};

/** 100403: no such device. 100418: no data, from a wrong id or a device of another application. */
const NO_DEVICE: Refusal = {
  code: 'device-not-found',
  message: 'The platform shows this application no device {id} ({code}).',
  advice: 'Check the device id. Devices of another application are visible only after authorization.',
  repeat: 'refused',
  as: DeviceNotFoundError,
};

/**
 * All known codes except throttling, whose error carries a time.
 *
 * Platform facts: the error tables of iot_06_2289, iot_06_2486, iot_06_2487, iot_06_0060 and the login page.
 * 1005, 100002 and 100025 were seen on older deployments. The documented text of 120015 mentions a `fileId`,
 * which belongs to another call.
 */
const REFUSALS: ReadonlyMap<string, Refusal> = new Map(
  Object.entries<Refusal>({
    '1010005': TOKEN_REFUSED,
    '1005': TOKEN_REFUSED,
    '100002': TOKEN_REFUSED,
    '100208': LOGIN_REFUSED,
    '100025': LOGIN_REFUSED,
    '100247': {
      code: 'application-frozen',
      message: 'The platform has frozen this application (100247), so nobody can log in with its appId.',
      advice: 'Ask the platform operator to unfreeze the application; an unpaid account is a usual reason.',
      repeat: 'refused',
    },
    '123009': {
      code: 'task-not-found',
      message: 'The platform knows no upgrade task {id} (123009).',
      advice:
        'Check the id. A task seen earlier may have been removed on the platform, or it belongs to another appId.',
      repeat: 'refused',
      as: TaskNotFoundError,
    },
    '123029': {
      code: 'page-beyond-limit',
      message: 'The platform refused the page: its number or size is beyond the limit (123029).',
      advice:
        'Ask for an earlier page, or for 1 to 100 entries a page. The highest page number is not documented.',
      repeat: 'refused',
      as: PageBeyondLimitError,
    },
    '120015': {
      code: 'bad-request',
      message: 'The platform cannot make sense of the question ({code}, HTTP {status}).',
      advice: 'Check the ids and words asked for; if they are right, report it as an error of this program.',
      repeat: 'refused',
    },
    '100403': NO_DEVICE,
    '100418': NO_DEVICE,
    '100405': {
      code: 'bad-device-parameter',
      message: 'The platform refuses a parameter of the device look-up ({code}, HTTP {status}).',
      advice: 'Check the device id.',
      repeat: 'refused',
    },
    '100203': {
      code: 'application-unknown',
      message: 'The platform does not know this application ({code}, HTTP {status}).',
      advice: 'Check IOT_APP_ID, and that IOT_BASE_URL is the platform on which the application was created.',
      repeat: 'refused',
    },
    '100217': {
      code: 'application-not-authorized',
      message: 'This application may not see what was asked for ({code}, HTTP {status}).',
      advice: 'Have the owner of the devices authorize this application on the platform.',
      repeat: 'refused',
    },
    '100501': {
      code: 'platform-congested',
      message: 'The platform is congested and turns calls away ({code}, HTTP {status}).',
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
      message: 'The platform did not find the appId in the header of the call ({code}, HTTP {status}).',
      advice: 'Check whether a proxy in front of the platform removes the header app_key.',
      repeat: 'refused',
    },
  }),
);

/** Undefined for undocumented codes. A code that blames the token blames appId or secret during a login. */
export function refusalOf(platformCode: string, atLogin: boolean): Refusal | undefined {
  const refusal = REFUSALS.get(platformCode);
  return atLogin && refusal === TOKEN_REFUSED ? LOGIN_REFUSED : refusal;
}
