import { WIRE_ERRORS } from '../server/answers.ts';
import type { IncomingCall, World } from '../world.ts';
import type { CallAnswer } from './call-answer.ts';
import { grantToken } from './grant-token.ts';
import { mediaTypeOf, refusal, wrongSecret } from './login.ts';

/** POST refreshToken: JSON only. A refresh token serves once, and dies with the pair it came with. */
export function refreshToken(call: IncomingCall, world: World): CallAnswer {
  const members = mediaTypeOf(call) === 'application/json' ? membersOf(call.body) : null;
  if (members === null) return WIRE_ERRORS.invalidParameter;
  const text = (name: string) => {
    const value = members[name];
    return typeof value === 'string' ? value : '';
  };
  const refused = refusal(world, text('appId'), text('secret'));
  if (refused !== null) return refused;
  if (text('refreshToken') === '') return WIRE_ERRORS.missingParameter;
  if (!world.tokens.acceptsRefresh(text('refreshToken'), world.wallNow())) return wrongSecret(world);
  return grantToken(world, 'caller');
}

function membersOf(body: string): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(body);
    // An object that came out of JSON.parse has string keys.
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
