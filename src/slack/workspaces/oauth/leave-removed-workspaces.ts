import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { slackErrorOf } from '../../out/slack-error.ts';
import type { Installations } from './installation-store.ts';
import { DEAD_TOKEN } from './lose-workspace.ts';

export interface LeaveParts {
  readonly installations: Installations;
  readonly telling: (token: string) => WebClient;
  /** Slack may have handed out the very token of the settings, which stays in use. */
  readonly isOfSettings: (token: string) => boolean;
  /** Forgets the installation and keeps back what its channels were to be told. */
  readonly forget: (id: string) => Promise<void>;
  readonly log: Logger;
}

/**
 * Leaves the workspaces that were taken off ALLOWED_WORKSPACES: revokes their tokens, which would otherwise stay in the store
 * and in force, and forgets them. One whose token cannot be revoked now stays for the next start.
 */
export async function leaveRemovedWorkspaces(parts: LeaveParts): Promise<void> {
  const { installations, telling, isOfSettings, forget, log } = parts;
  for (const [workspace, { bot }] of await installations.notAllowed()) {
    const fields = { workspace, reason: 'workspace-not-allowed' };
    try {
      if (!isOfSettings(bot.token)) await telling(bot.token).auth.revoke();
    } catch (error) {
      const why = slackErrorOf(error) ?? 'no-answer';
      if (!DEAD_TOKEN.has(why)) {
        log.error(
          { ...fields, why },
          'the token of a workspace that is no longer allowed could not be revoked; the next start tries again',
        );
        continue;
      }
    }
    await forget(workspace);
    log.warn(fields, 'left a workspace that is no longer in ALLOWED_WORKSPACES');
  }
}
