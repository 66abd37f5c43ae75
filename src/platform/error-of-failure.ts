import { isTimeoutError } from 'ky';
import type { OperationalError } from '../core/operational-error.ts';
import { CallAbortedError } from './errors/call-aborted-error.ts';
import { PlatformTimeoutError } from './errors/platform-timeout-error.ts';
import { PlatformUnreachableError } from './errors/platform-unreachable-error.ts';
import { TlsError } from './errors/tls-error.ts';
import { UnreadableAnswerError } from './errors/unreadable-answer-error.ts';
import { tlsFailureOf } from './tls-failure.ts';

export interface FailureContext {
  readonly timeoutMs: number;
  readonly secure: boolean;
  readonly hasClientCertificate: boolean;
  /** Whether this client ever got an answer, so that its certificate is known to be accepted. */
  readonly answeredBefore: boolean;
}

const TIMEOUTS = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'];
const NO_SUCH_HOST = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME'];
const NO_WAY = [
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
];
const NOT_HTTP = /^HPE_|^UND_ERR_(HEADERS_OVERFLOW|RES_EXCEEDED_MAX_SIZE)$/;

/** The named error for a call that brought no complete answer. */
export function errorOfFailure(thrown: unknown, context: FailureContext): OperationalError {
  const failure = innermost(thrown);
  const { code } = failure;
  if (isTimeoutError(thrown) || TIMEOUTS.includes(code)) return new PlatformTimeoutError(context.timeoutMs);
  if (isGivenUp(failure)) return new CallAbortedError();
  const tls = context.secure ? tlsFailureOf(failure, context.hasClientCertificate) : null;
  if (tls !== null) return new TlsError(tls, failure.error);
  if (NO_SUCH_HOST.includes(code)) {
    const advice = 'Check the host name in IOT_BASE_URL, and the DNS of this machine.';
    return new PlatformUnreachableError('its host name is not known', advice, 'never-sent', failure.error);
  }
  if (NO_WAY.includes(code)) {
    const advice = 'Check host and port in IOT_BASE_URL, the firewall, and whether the platform is up.';
    return new PlatformUnreachableError(
      'nothing accepts connections there',
      advice,
      'never-sent',
      failure.error,
    );
  }
  // fetch refuses some ports by itself, such as 6000, since other protocols live there.
  if (failure.message === 'bad port') {
    const advice = 'Check the port in IOT_BASE_URL; the documented example is 8743.';
    return new PlatformUnreachableError(
      'its port belongs to another protocol and is never called',
      advice,
      'never-sent',
    );
  }
  if (failure.name === 'HTTPParserError' || NOT_HTTP.test(code)) {
    const advice = 'Check the port in IOT_BASE_URL: something else than the platform seems to listen there.';
    return new UnreadableAnswerError('it is not HTTP, or far too large', advice);
  }
  // In TLS 1.3 a server turns a client certificate away only after the client thinks the connection stands; all that is
  // seen is a connection closed without a byte. Before the first answer ever, this is by far the likeliest reason.
  if (context.secure && !context.answeredBefore && failure.bytesRead === 0) {
    const likely = context.hasClientCertificate
      ? 'client-certificate-rejected'
      : 'client-certificate-required';
    return new TlsError(likely, failure.error);
  }
  const advice = context.secure
    ? 'Ask again; if it lasts, check the network and whether the platform still accepts the client certificate.'
    : 'Ask again; if it lasts, check the network, and whether IOT_BASE_URL should begin with https.';
  return new PlatformUnreachableError('the connection broke off', advice, 'ambiguous', failure.error);
}

interface Failure {
  readonly error: unknown;
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly bytesRead: number | null;
}

/** ky and fetch wrap what happened; the wrappers also hold the request with its token, so none of them is passed on. */
function innermost(thrown: unknown): Failure {
  let error: unknown = thrown;
  for (let depth = 0; depth < 8; depth += 1) {
    // A host with several addresses fails with one error for each; the first is as good as any.
    const several = memberOf(error, 'errors');
    const inner = memberOf(error, 'cause') ?? (Array.isArray(several) ? several[0] : undefined);
    if (typeof inner !== 'object' || inner === null) break;
    error = inner;
  }
  return {
    error,
    name: textOf(error, 'name'),
    code: textOf(error, 'code'),
    message: textOf(error, 'message'),
    bytesRead: bytesReadOf(error),
  };
}

function isGivenUp(failure: Failure): boolean {
  return (
    failure.name === 'AbortError' ||
    ['UND_ERR_ABORTED', 'UND_ERR_DESTROYED', 'UND_ERR_CLOSED'].includes(failure.code)
  );
}

function textOf(value: unknown, member: string): string {
  const found = memberOf(value, member);
  return typeof found === 'string' ? found : '';
}

function bytesReadOf(error: unknown): number | null {
  const bytesRead = memberOf(memberOf(error, 'socket'), 'bytesRead');
  return typeof bytesRead === 'number' ? bytesRead : null;
}

function memberOf(value: unknown, member: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined;
}
