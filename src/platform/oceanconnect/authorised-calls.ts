import type { CallOptions } from '../port.ts';
import type { PlatformRequest, Transport } from '../transport/transport.ts';
import type { JsonObject } from './read-body.ts';
import { InvalidTokenError } from './refusals.ts';
import { tokenFight } from './token.ts';
import type { TokenKeeper } from './token-keeper.ts';

/**
 * A transport that adds the appId and the token. After a 1010005 it repeats the call once, with a newer token
 * from another caller or else after a login. A second 1010005 throws InvalidTokenError; too many early token
 * deaths are a token fight.
 *
 * Platform facts: headers as in iot_06_0082. The login page returns the type as `bearer`, while calls are
 * documented with `Bearer`.
 */
export function createAuthorisedCalls(parts: {
  appId: string;
  tokens: TokenKeeper;
  send: Transport;
}): Transport {
  const { tokens } = parts;

  async function attempt(request: PlatformRequest, options: CallOptions) {
    // A login may be shared, so it must not end when its first caller gives up.
    const { signal, ...caller } = options;
    const token = await tokens.obtain(caller, signal);
    const headers = {
      app_key: parts.appId,
      Authorization: `Bearer ${token.accessToken}`,
      'Content-Type': 'application/json',
    };
    const secrets = [token.accessToken];
    try {
      const answer = await parts.send({ ...request, headers, secrets }, options);
      return { kind: 'answered' as const, answer };
    } catch (error) {
      if (!(error instanceof InvalidTokenError)) throw error;
      if ((await tokens.refused(token)) === 'fight') throw tokenFight(error);
      return { kind: 'token-refused' as const, error };
    }
  }

  return async (request, options): Promise<JsonObject> => {
    const first = await attempt(request, options);
    if (first.kind === 'answered') return first.answer;
    const second = await attempt(request, options);
    if (second.kind === 'answered') return second.answer;
    throw second.error;
  };
}
