import { isTimeoutError } from 'ky';
import { OperationalError, type Repeat } from '../../lib/operational-error.ts';
import { CallAbortedError } from '../errors.ts';
import { BODY_TOO_LARGE } from './limit-body.ts';
import { tlsError, tlsFailureOf } from './tls-failure.ts';
import { unreadableAnswer } from './unreadable-answer.ts';

export interface FailureContext {
  readonly timeoutMs: number;
  readonly secure: boolean;
  readonly hasClientCertificate: boolean;
  /** Whether this client ever got an answer, which proves that its certificate is accepted. */
  readonly answeredBefore: boolean;
  /** Whether calls may go through a proxy. */
  readonly proxied: boolean;
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
/** undici's message when a proxy answers CONNECT with anything but 200; it has no error code. */
const PROXY_REFUSES = /^Proxy response \((\d{3})\) !== 200/;
const CHECK_PROXY = 'Check host and port in IOT_BASE_URL and HTTPS_PROXY, NO_PROXY,';
const NOT_HTTP = /^HPE_|^UND_ERR_HEADERS_OVERFLOW$/;
/** Exceeded on the wire, or after decompression. */
const TOO_LARGE = ['UND_ERR_RES_EXCEEDED_MAX_SIZE', BODY_TOO_LARGE];

/** The connection was established and then lost, so it is unknown whether the call arrived. */
export class ConnectionBrokenError extends OperationalError {}

/** Message and advice for calls without an answer. Some differ if a proxy may be involved. */
const UNREACHABLE = {
  'no-such-host': [
    'its host name is not known',
    'Check the host name in IOT_BASE_URL, and the DNS of this machine.',
  ],
  'no-such-host-proxied': [
    'its host name, or that of the proxy, is not known',
    `${CHECK_PROXY} and the DNS of this machine.`,
  ],
  'no-way': [
    'nothing accepts connections there',
    'Check host and port in IOT_BASE_URL, the firewall, and whether the platform is up.',
  ],
  'no-way-proxied': [
    'nothing accepts connections there, or at the proxy',
    `${CHECK_PROXY} the firewall, and whether both are up.`,
  ],
  'bad-port': [
    'its port belongs to another protocol and is never called',
    'Check the port in IOT_BASE_URL; the documented example is 8743.',
  ],
  'proxy-refuses': [
    'the proxy on the way refuses to lead there (HTTP {status})',
    'Check HTTPS_PROXY, the user and password in it, and whether the proxy allows this host and port; or name the host in NO_PROXY.',
  ],
  broken: [
    'the connection broke off',
    'Ask again; if it lasts, check the network, and whether IOT_BASE_URL should begin with https.',
  ],
  'broken-secure': [
    'the connection broke off',
    'Ask again; if it lasts, check the network and whether the platform still accepts the client certificate.',
  ],
} as const;

/** The named error for a call without a complete answer. */
export function errorOfFailure(thrown: unknown, context: FailureContext): OperationalError {
  const failure = innermost(thrown);
  const { code, error } = failure;
  if (isTimeoutError(thrown) || TIMEOUTS.includes(code)) return timedOut(context.timeoutMs);
  const [, proxySaid] = PROXY_REFUSES.exec(failure.message) ?? [];
  if (proxySaid !== undefined) return unreachable('proxy-refuses', 'never-sent', undefined, proxySaid);
  if (isGivenUp(failure)) return new CallAbortedError();
  const tls = context.secure ? tlsFailureOf(failure, context.hasClientCertificate) : null;
  if (tls !== null) return tlsError(tls, error);
  if (NO_SUCH_HOST.includes(code))
    return unreachable(context.proxied ? 'no-such-host-proxied' : 'no-such-host', 'never-sent', error);
  if (NO_WAY.includes(code))
    return unreachable(context.proxied ? 'no-way-proxied' : 'no-way', 'never-sent', error);
  // fetch blocks ports of other protocols, such as 6000.
  if (failure.message === 'bad port') return unreachable('bad-port', 'never-sent');
  if (failure.name === 'HTTPParserError' || NOT_HTTP.test(code)) {
    const advice = 'Check the port in IOT_BASE_URL: something else than the platform seems to listen there.';
    return unreadableAnswer('it is not HTTP', advice);
  }
  if (TOO_LARGE.includes(code)) {
    const advice =
      'Check IOT_BASE_URL: no answer of the platform comes near this size; something else seems to answer.';
    return unreadableAnswer('it is far too large', advice);
  }
  // In TLS 1.3 a server can reject a client certificate only after the client considers the connection open;
  // the client just sees it close without a byte. Before the first answer this is by far the likeliest cause.
  if (context.secure && !context.answeredBefore && failure.bytesRead === 0) {
    const likely = context.hasClientCertificate
      ? 'client-certificate-rejected'
      : 'client-certificate-required';
    return tlsError(likely, error);
  }
  return unreachable(context.secure ? 'broken-secure' : 'broken', 'ambiguous', error);
}

function unreachable(why: keyof typeof UNREACHABLE, repeat: Repeat, cause?: unknown, status = '') {
  const [what, advice] = UNREACHABLE[why];
  const Kind = repeat === 'ambiguous' ? ConnectionBrokenError : OperationalError;
  return new Kind(`The platform cannot be reached: ${what.replace('{status}', status)}.`, {
    code: 'platform-unreachable',
    advice,
    repeat,
    cause,
  });
}

function timedOut(timeoutMs: number): OperationalError {
  return new OperationalError(`The platform did not answer completely within ${timeoutMs} ms.`, {
    code: 'platform-timeout',
    advice:
      'Ask again later. If it happens often, raise IOT_TIMEOUT_MS, or check whether a firewall drops the packets.',
    repeat: 'ambiguous',
  });
}

interface Failure {
  readonly error: unknown;
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly bytesRead: number | null;
}

/** Unwraps errors of ky and fetch. The wrappers hold the request with its token and must not be passed on. */
function innermost(thrown: unknown): Failure {
  let error: unknown = thrown;
  for (let depth = 0; depth < 8; depth += 1) {
    // A host with several addresses fails with one error per address; any of them will do.
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
