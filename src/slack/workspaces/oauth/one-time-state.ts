import { createHash } from 'node:crypto';
import { ClearStateStore, InvalidStateError, type StateStore } from '@slack/oauth';

/** How long somebody may take in Slack to allow the installation, in seconds. */
export const STATE_SECONDS = 600;

/**
 * States of an installation that hold once. A signed state alone would be good for as many callbacks as come within its
 * ten minutes, each of which asks Slack to exchange a code.
 */
export function createOneTimeState(
  secret: string,
  /** False when it was used before, by this process or another one. */
  isFirstUse: (fingerprint: string) => Promise<boolean>,
): StateStore {
  const signed = new ClearStateStore(secret, STATE_SECONDS);
  return {
    generateStateParam: (options, now) => signed.generateStateParam(options, now),
    async verifyStateParam(now, state) {
      const options = await signed.verifyStateParam(now, state);
      const fingerprint = createHash('sha256').update(state).digest('hex');
      if (!(await isFirstUse(fingerprint))) throw new InvalidStateError('The state was used before.');
      return options;
    },
  };
}
