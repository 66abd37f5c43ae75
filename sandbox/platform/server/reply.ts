import { type Answer, errorBody, type WireJson } from './answers.ts';
import type { Fault } from './faults.ts';

/** What is sent, damaged or not. */
export interface Reply {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string;
  readonly errorCode: string | null;
}

const JSON_TYPE = 'application/json;charset=UTF-8';
const HTML = '<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>';

export function jsonReply(answer: Answer): Reply {
  return {
    status: answer.status,
    contentType: JSON_TYPE,
    body: JSON.stringify(answer.json) ?? '',
    errorCode: answer.errorCode,
  };
}

export function htmlReply(status: number): Reply {
  return { status, contentType: 'text/html', body: HTML, errorCode: null };
}

/** The reply as a fault leaves it; null: no reply, the connection is torn down. `handle` lets the call take effect. */
export function replyUnder(
  fault: Exclude<Fault, { kind: 'delay' }> | null,
  handle: () => Reply,
): Reply | null {
  switch (fault?.kind) {
    case undefined:
    case 'hang':
      return handle();
    case 'reset':
      if (fault.afterHandling === true) handle();
      return null;
    case 'html':
      return htmlReply(fault.status ?? 200);
    case 'cut-json': {
      const reply = handle();
      return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
    }
    case 'empty':
      return { ...handle(), body: '' };
    case 'no-content':
      return { status: 204, contentType: null, body: '', errorCode: null };
    case 'status':
      return madeUp(fault.status, fault.code ?? null, fault.text ?? 'Made-up error.', fault.shape ?? 'a');
    case 'error-under-200':
      return madeUp(200, fault.code, fault.text ?? 'Made-up error.', fault.shape ?? 'a');
  }
}

function madeUp(status: number, code: string | null, text: string, shape: 'a' | 'b' | 'other'): Reply {
  const json: WireJson =
    code === null || shape === 'other' ? { statusCode: status, message: text } : errorBody(code, text, shape);
  return jsonReply({ status, json, errorCode: code });
}
