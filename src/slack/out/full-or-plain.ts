import { readSlackFailure, type SlackFailure } from './slack-failure.ts';

/**
 * Sends the full form and, if Slack refuses it, the plain one: workspaces get new block types at different
 * times. Rejects as the attempts do.
 */
export async function fullOrPlain<Sent>(
  full: () => Promise<Sent>,
  plain: (failure: SlackFailure) => Promise<Sent>,
): Promise<Sent> {
  try {
    return await full();
  } catch (error) {
    const failure = readSlackFailure(error);
    if (failure.about !== 'form') throw error;
    return await plain(failure);
  }
}
