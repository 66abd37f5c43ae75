import { type Answer, ok } from '../server/answers.ts';
import type { World } from '../world.ts';

/** Issues a new pair of tokens, which ends the pair before, and words the answer of login and refresh. */
export function grantToken(world: World, holder: 'caller' | 'elsewhere'): Answer {
  const { behaviour } = world;
  const life = {
    accessMs: behaviour.expiresInSeconds * 1000,
    refreshMs: behaviour.refreshLifeSeconds * 1000,
  };
  const issued = world.tokens.issue(world.wallNow(), life, holder);
  return ok({
    accessToken: issued.accessToken,
    tokenType: behaviour.tokenType,
    expiresIn:
      behaviour.expiresInAs === 'string' ? String(behaviour.expiresInSeconds) : behaviour.expiresInSeconds,
    refreshToken: issued.refreshToken,
    scope: 'default',
  });
}
