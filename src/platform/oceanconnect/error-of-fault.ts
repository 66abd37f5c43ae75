import type { Instant } from '../../lib/instant.ts';
import { OperationalError } from '../../lib/operational-error.ts';
import { THROTTLE_PAUSE } from '../budget/call-budget.ts';
import { ThrottledError } from '../errors.ts';
import type { PlatformCall } from '../transport/transport.ts';
import type { PlatformFault } from './platform-fault.ts';
import { refusalOf } from './refusals.ts';

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
 * between the documented and the observed answers. Without a code, 429 has one meaning everywhere: other gateways in front
 * of the same calls may use it.
 */
export function errorOfFault(fault: PlatformFault, context: FaultContext): OperationalError {
  const { platformCode } = fault;
  const { call, id, httpStatus, secrets } = context;
  if (platformCode === '1010009' || (platformCode === null && httpStatus === 429))
    return new ThrottledError(context.now + THROTTLE_PAUSE);
  const refusal = platformCode === null ? undefined : refusalOf(platformCode, call === 'login');
  const code = platformCode === null ? '' : shortened(platformCode, secrets);
  if (refusal === undefined) return unknownFault(fault, code, context);
  const { as: Kind = OperationalError, message, ...details } = refusal;
  const filled: Record<string, string> = {
    '{code}': code,
    '{status}': String(httpStatus),
    '{id}': id ?? 'for this question',
  };
  return new Kind(
    message.replace(/\{\w+\}/g, (place) => filled[place] ?? place),
    details,
  );
}

function unknownFault(
  fault: PlatformFault,
  code: string,
  { httpStatus, secrets }: FaultContext,
): OperationalError {
  const said = fault.platformCode === null ? `HTTP ${httpStatus}` : `${code}, HTTP ${httpStatus}`;
  const text = quotedText(fault.text, secrets);
  const failing = httpStatus >= 500;
  return new OperationalError(
    `The platform ${failing ? 'failed' : 'refused the call'} (${said})${text === '' ? '' : `: ${text}`}.`,
    {
      code: failing ? 'platform-internal' : 'platform-refused',
      advice: failing
        ? 'Ask again later; if it lasts, tell the platform operator.'
        : 'This code is not documented for the call. Check IOT_BASE_URL, and ask the platform operator what it means.',
      repeat: failing ? 'wait' : 'refused',
    },
  );
}

function shortened(code: string, secrets: readonly string[]): string {
  return quotedText(code, secrets).replaceAll('"', '').slice(0, 32);
}

const LONGEST = 120;

/**
 * A text of the other side, fit for an error message: one line, short, and without the secrets that were sent, in case it
 * repeats what it was asked. Empty when nothing is left of it.
 */
export function quotedText(text: string | null, secrets: readonly string[]): string {
  if (text === null) return '';
  let safe = text;
  for (const secret of secrets) {
    if (secret !== '') safe = safe.replaceAll(secret, '***');
  }
  const line = safe.replace(/[\p{C}\s]+/gu, ' ').trim();
  if (line === '') return '';
  const characters = [...line];
  return `"${characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}...` : line}"`;
}
