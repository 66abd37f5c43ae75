import type { Instant } from '../../lib/instant.ts';
import { OperationalError } from '../../lib/operational-error.ts';
import { THROTTLE_PAUSE } from '../budget/call-budget.ts';
import { ThrottledError } from '../errors.ts';
import type { PlatformCall } from '../transport/transport.ts';
import type { PlatformFault } from './platform-fault.ts';
import { refusalOf } from './refusals.ts';

export interface FaultContext {
  readonly call: PlatformCall;
  /** The id in the path, if there is one. */
  readonly id: string | null;
  readonly httpStatus: number;
  readonly now: Instant;
  /** Must never appear in a message. */
  readonly secrets: readonly string[];
}

/**
 * Maps the platform's answer to a named error. The code decides, not the text or the HTTP status: these vary
 * between documented and observed answers. A 429 without a code always means throttling, because other
 * gateways in front of the same calls may send it.
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
 * Makes the other side's text safe for an error message: one short line, without the secrets we sent, in case
 * they are echoed. Empty if nothing is left.
 */
function quotedText(text: string | null, secrets: readonly string[]): string {
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
