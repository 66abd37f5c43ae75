import type { AllMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import type { SlackParts } from '../../app/parts.ts';
import type { LossEvent } from '../../workspaces/oauth/lose-workspace.ts';

const envelope = z.object({
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
});
const revoked = z.object({ tokens: z.object({ bot: z.array(z.string()).min(1) }) });

/** The app was removed from a workspace, or its tokens were revoked. Slack sends both events, in any order. */
export function installationLost(
  { workspaces, inFlight, log }: Pick<SlackParts, 'workspaces' | 'inFlight' | 'log'>,
  event: LossEvent,
) {
  return async ({
    body,
    event: told,
  }: { readonly body: unknown; readonly event: unknown } & AllMiddlewareArgs): Promise<void> => {
    // User tokens are not ours: the bot requests none.
    if (event === 'tokens_revoked' && !revoked.safeParse(told).success) return;
    const read = envelope.safeParse(body);
    const ids = read.success ? [read.data.team_id, read.data.enterprise_id] : [];
    for (const workspace of ids) {
      if (typeof workspace !== 'string') continue;
      const outcome = await inFlight.track(workspaces.lose(workspace, event));
      log.warn({ workspace, event, outcome }, 'Slack says the app was removed from a workspace');
    }
  };
}
