import { createHash } from 'node:crypto';
import { ClearStateStore, InvalidStateError, type StateStore } from '@slack/oauth';

/** How long a user may take to approve the installation in Slack, in seconds. */
export const STATE_SECONDS = 600;

/**
 * Installation states that work once. A signed state alone would allow any number of callbacks within its ten
 * minutes, each of which asks Slack to exchange a code.
 */
export function createOneTimeState(
  secret: string,
  /** False if it was used before, by this process or another. */
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
