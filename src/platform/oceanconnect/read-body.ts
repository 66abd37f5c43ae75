import type { OperationalError } from '../../lib/operational-error.ts';
import { tlsError } from '../transport/tls-failure.ts';
import { unreadableAnswer } from '../transport/unreadable-answer.ts';
import { errorOfFault, type FaultContext } from './error-of-fault.ts';
import { findFault } from './platform-fault.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export type ReadBody =
  | { readonly kind: 'object'; readonly object: JsonObject }
  | { readonly kind: 'error'; readonly error: OperationalError };

const CHECK_ADDRESS =
  'Check host and port in IOT_BASE_URL (the documented port is 8743), and whether a proxy answers instead of the platform.';
const ASK_AGAIN = 'Ask again; if it lasts, tell the platform operator.';

/** Parses the text of an answer into its JSON object, or into the named error it represents. */
export function readBody(text: string, context: FaultContext): ReadBody {
  const { httpStatus } = context;
  if (httpStatus >= 300 && httpStatus < 400) {
    return unreadable('the other side sends elsewhere, which is not followed', CHECK_ADDRESS, httpStatus);
  }
  const parsed = parseJson(text);
  if (isObject(parsed)) {
    const fault = findFault(parsed, httpStatus);
    if (fault === null) return { kind: 'object', object: parsed };
    return { kind: 'error', error: errorOfFault(fault, context) };
  }
  const proxy = clientCertificateError(text, httpStatus);
  if (proxy !== null) return { kind: 'error', error: proxy };
  if (httpStatus >= 500 || httpStatus === 429) {
    return { kind: 'error', error: errorOfFault({ platformCode: null, text: null }, context) };
  }
  if (text.trim() === '') return unreadable('it is empty', ASK_AGAIN, httpStatus);
  if (/^\s*</.test(text)) return unreadable('it is a web page, not data', CHECK_ADDRESS, httpStatus);
  if (/^\s*[{[]/.test(text) && parsed === undefined) {
    return unreadable('it is broken off or not well-formed', ASK_AGAIN, httpStatus);
  }
  return unreadable('it is not what the platform answers', CHECK_ADDRESS, httpStatus);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined if the text is not JSON. The parser's own error is dropped because it quotes the body. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** nginx completes the handshake without a valid client certificate, then reports it on its own error page. */
function clientCertificateError(text: string, httpStatus: number): OperationalError | null {
  if (httpStatus !== 400) return null;
  if (/No required SSL certificate was sent/i.test(text)) return tlsError('client-certificate-required');
  if (/The SSL certificate error/i.test(text)) return tlsError('client-certificate-rejected');
  return null;
}

function unreadable(what: string, advice: string, httpStatus: number): ReadBody {
  return { kind: 'error', error: unreadableAnswer(what, advice, httpStatus) };
}
