import type { Behaviour } from '../behaviour.ts';

/** JSON as it is about to be written; a member that is undefined is left out. */
export type WireJson =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly WireJson[]
  | { readonly [key: string]: WireJson };

export interface Answer {
  readonly status: number;
  readonly json: WireJson;
  readonly errorCode: string | null;
}

/** An error of the platform: which HTTP status, which code, and which side of the platform says it. */
export interface WireError {
  readonly status: number;
  readonly code: string;
  readonly text: string;
  /** The gateway answers in shape B unless told otherwise, the services behind it in shape A. */
  readonly from: 'service' | 'gateway';
}

const service = (status: number, code: string, text: string): WireError => ({
  status,
  code,
  text,
  from: 'service',
});
const gateway = (status: number, code: string, text: string): WireError => ({
  status,
  code,
  text,
  from: 'gateway',
});

/** The errors the simulated platform gives of itself. */
export const WIRE_ERRORS = {
  badRequest: service(400, '120015', 'Bad request error.'),
  beyondLimit: service(400, '123029', 'pageNo or pageSize beyond the limit.'),
  noSuchTask: service(404, '123009', 'The requested task does not exist.'),
  noSuchDevice: service(404, '100403', 'The device is not existed.'),
  foreignDevice: service(404, '100418', 'The deviceData is not existed.'),
  notAuthorized: service(403, '100217', "The application hasn't been authorized."),
  wrongSecret: service(401, '100208', 'AppId or secret is not right.'),
  frozen: service(400, '100247', 'The application is freezed, cant operate.'),
  missingParameter: service(400, '102202', 'Required Parameter is null or empty.'),
  invalidParameter: service(400, '50400', 'The input is invalid.'),
  internal: service(500, '50252', 'Internal server error.'),
  badToken: gateway(403, '1010005', 'Invalid access token or appId.'),
  throttled: gateway(403, '1010009', 'app throttle exceed.'),
} as const;

export function ok(json: WireJson): Answer {
  return { status: 200, json, errorCode: null };
}

/** The answer for an error, in the shape the behaviour asks for. */
export function errorAnswer(error: WireError, shape: Behaviour['errorShape']): Answer {
  const useB = shape === 'b' || (shape === 'mixed' && error.from === 'gateway');
  return {
    status: error.status,
    json: errorBody(error.code, error.text, useB ? 'b' : 'a'),
    errorCode: error.code,
  };
}

/** The body alone; `other` is a third shape that was seen once and carries no code. */
export function errorBody(code: string, text: string, shape: 'a' | 'b' | 'other'): WireJson {
  if (shape === 'a') return { error_code: code, error_desc: text };
  if (shape === 'b') return { resultcode: code, resultmsg: text };
  return { message: text };
}
