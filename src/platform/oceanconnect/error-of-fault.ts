import type { Instant } from '../../lib/instant.ts';
import type { OperationalError } from '../../lib/operational-error.ts';
import { THROTTLE_PAUSE } from '../budget/call-budget.ts';
import { ApplicationFrozenError } from '../errors/application-frozen-error.ts';
import { DeviceNotFoundError } from '../errors/device-not-found-error.ts';
import { InvalidTokenError } from '../errors/invalid-token-error.ts';
import { LoginRefusedError } from '../errors/login-refused-error.ts';
import { PageBeyondLimitError } from '../errors/page-beyond-limit-error.ts';
import { PlatformRefusedError } from '../errors/platform-refused-error.ts';
import { TaskNotFoundError } from '../errors/task-not-found-error.ts';
import { ThrottledError } from '../errors/throttled-error.ts';
import type { PlatformCall } from '../transport/transport.ts';
import type { PlatformFault } from './platform-fault.ts';
import { quotedText } from './quoted-text.ts';
import { REFUSALS } from './refusals.ts';

export interface FaultContext {
  readonly call: PlatformCall;
  /** The id in the path, where there is one. */
  readonly id: string | null;
  readonly httpStatus: number;
  readonly now: Instant;
  /** Never to appear in a message. */
  readonly secrets: readonly string[];
}

/**
 * The named error for what the platform said. Codes decide, not texts and not the HTTP status, since all three vary
 * between the documented and the observed answers.
 *
 * Platform facts: the error tables of iot_06_2289, iot_06_2486, iot_06_2487, iot_06_0060 and the login page; 1005, 100002
 * and 100025 are what older deployments were seen to say.
 */
export function errorOfFault(fault: PlatformFault, context: FaultContext): OperationalError {
  const platformCode = fault.platformCode;
  switch (platformCode) {
    case '1010009':
      return new ThrottledError(context.now + THROTTLE_PAUSE);
    case '1010005':
    case '1005':
    case '100002':
      return context.call === 'login'
        ? new LoginRefusedError(platformCode)
        : new InvalidTokenError(platformCode);
    case '100208':
    case '100025':
      return new LoginRefusedError(platformCode);
    case '100247':
      return new ApplicationFrozenError();
    case '123009':
      return new TaskNotFoundError(context.id);
    case '100403':
    case '100418':
      return new DeviceNotFoundError(context.id, platformCode);
    case '123029':
      return new PageBeyondLimitError();
    default:
      return refusal(fault, context);
  }
}

function refusal(fault: PlatformFault, context: FaultContext): OperationalError {
  const { httpStatus } = context;
  // No code names it, but 429 has one meaning everywhere; other gateways in front of the same calls may use it.
  if (fault.platformCode === null && httpStatus === 429)
    return new ThrottledError(context.now + THROTTLE_PAUSE);
  const known = fault.platformCode === null ? undefined : REFUSALS.get(fault.platformCode);
  const platformCode = fault.platformCode === null ? null : shortened(fault.platformCode, context.secrets);
  const said = platformCode === null ? `HTTP ${httpStatus}` : `${platformCode}, HTTP ${httpStatus}`;
  if (known !== undefined) {
    return new PlatformRefusedError({
      ...known,
      message: `${known.message} (${said}).`,
      platformCode,
      httpStatus,
    });
  }
  const text = quotedText(fault.text, context.secrets);
  const failing = httpStatus >= 500;
  return new PlatformRefusedError({
    code: failing ? 'platform-internal' : 'platform-refused',
    message: `The platform ${failing ? 'failed' : 'refused the call'} (${said})${text === '' ? '' : `: ${text}`}.`,
    advice: failing
      ? 'Ask again later; if it lasts, tell the platform operator.'
      : 'This code is not documented for the call. Check IOT_BASE_URL, and ask the platform operator what it means.',
    repeat: failing ? 'wait' : 'refused',
    platformCode,
    httpStatus,
  });
}

function shortened(code: string, secrets: readonly string[]): string {
  return quotedText(code, secrets).replaceAll('"', '').slice(0, 32);
}
