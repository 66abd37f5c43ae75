import { WIRE_ERRORS, type WireError } from '../server/answers.ts';
import type { IncomingCall, World } from '../world.ts';
import type { CallAnswer } from './call-answer.ts';
import { grantToken } from './grant-token.ts';

/** POST login: form encoding only. In any other encoding no parameter is found. */
export function login(call: IncomingCall, world: World): CallAnswer {
  const isForm = mediaTypeOf(call) === 'application/x-www-form-urlencoded';
  const form = new URLSearchParams(isForm ? call.body : '');
  const appId = form.get('appId') ?? '';
  const secret = form.get('secret') ?? '';
  return refusal(world, appId, secret) ?? grantToken(world, 'caller');
}

/** What stops a login and a refresh alike. */
export function refusal(world: World, appId: string, secret: string): WireError | null {
  if (world.behaviour.loginBroken) return WIRE_ERRORS.internal;
  if (appId === '' || secret === '') return WIRE_ERRORS.missingParameter;
  if (appId !== world.appId || secret !== world.secret) return wrongSecret(world);
  return world.behaviour.frozen ? WIRE_ERRORS.frozen : null;
}

export function wrongSecret(world: World): WireError {
  return { ...WIRE_ERRORS.wrongSecret, status: world.behaviour.wrongSecretStatus };
}

export function mediaTypeOf(call: IncomingCall): string {
  const header = call.headers['content-type'];
  return typeof header === 'string' ? (header.split(';')[0] ?? '').trim().toLowerCase() : '';
}
