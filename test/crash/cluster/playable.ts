import type { Mishap } from '../trouble.ts';

/** Tokens that die more often are named a fight, and logging in rests for minutes. */
const MOST_TOKEN_LOSSES = 2;

/** Without what takes minutes of real patience and tells nothing here: a token that is refused is mended by people. */
export function playable(mishaps: readonly Mishap[]): readonly Mishap[] {
  let tokens = 0;
  return mishaps.filter((mishap) => {
    if (mishap.side === 'tokens') {
      tokens += 1;
      return tokens <= MOST_TOKEN_LOSSES;
    }
    return mishap.side !== 'slack' || mishap.fault.kind !== 'error' || mishap.fault.error !== 'token_revoked';
  });
}
