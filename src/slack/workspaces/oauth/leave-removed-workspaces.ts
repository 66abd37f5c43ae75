import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { readSlackFailure } from '../../out/slack-failure.ts';
import type { Installations } from './installation-store.ts';

export interface LeaveParts {
  readonly installations: Installations;
  readonly telling: (token: string) => WebClient;
  /** Slack may have returned the settings' own token, which stays in use. */
  readonly isOfSettings: (token: string) => boolean;
  /** Forgets the installation, and holds its channels' notifications. */
  readonly forget: (id: string) => Promise<void>;
  readonly log: Logger;
}

/**
 * Leaves workspaces that were removed from ALLOWED_WORKSPACES: revokes their tokens, which would otherwise
 * stay stored and valid, and forgets them. If a revocation fails, the next start tries again.
 */
export async function leaveRemovedWorkspaces(parts: LeaveParts): Promise<void> {
  const { installations, telling, isOfSettings, forget, log } = parts;
  for (const [workspace, { bot }] of await installations.notAllowed()) {
    const fields = { workspace, reason: 'workspace-not-allowed' };
    try {
      if (!isOfSettings(bot.token)) await telling(bot.token).auth.revoke();
    } catch (error) {
      const { cure, word } = readSlackFailure(error);
      if (cure !== 'reinstall') {
        log.error(
          { ...fields, why: word ?? 'no-answer' },
          'the token of a workspace that is no longer allowed could not be revoked; the next start tries again',
        );
        continue;
      }
    }
    await forget(workspace);
    log.warn(fields, 'left a workspace that is no longer in ALLOWED_WORKSPACES');
  }
}
