import { grantToken } from '../calls/grant-token.ts';
import type { IncomingCall, World } from '../world.ts';
import { WIRE_ERRORS, type WireError } from './answers.ts';

/**
 * What stands before the services: the call budget and the token. Null: the call may pass. The budget comes first, so
 * that a caller with a dead token spends it too.
 */
export function refusedByGateway(call: IncomingCall, world: World): WireError | null {
  const { behaviour, throttle, tokens } = world;
  const now = world.wallNow();
  const isLogin = call.name === 'login' || call.name === 'refreshToken';
  const ours = isLogin ? behaviour.loginCounts : call.headers.app_key === world.appId;
  if (ours && !throttle.admit(now, behaviour.callsPerMinute, behaviour.window)) return WIRE_ERRORS.throttled;
  if (isLogin) return null;

  if (call.headers.app_key !== world.appId) return WIRE_ERRORS.badToken;
  const uses = tokens.usesByCaller();
  if (behaviour.anotherProgram === 'fighting' && uses !== null && uses >= behaviour.fightAfterCalls) {
    grantToken(world, 'elsewhere');
  }
  return tokens.accepts(bearerOf(call), now) ? null : WIRE_ERRORS.badToken;
}

// The word is compared without regard to case: clients send it back as received, and were served.
function bearerOf(call: IncomingCall): string {
  const header = call.headers.authorization;
  const match = typeof header === 'string' ? /^bearer (\S+)$/i.exec(header) : null;
  return match?.[1] ?? '';
}
