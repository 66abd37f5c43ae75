import { decideAccess } from '../../../core/access/access.ts';
import { accessRefusal } from '../../../render/access/access-refusal.ts';
import type { AnswerParts } from '../../answer/answer-asked.ts';
import { within } from '../../workspaces/within.ts';
import type { SlackParts } from '../parts.ts';
import { homeOf, isProven } from './home-team.ts';
import { readActing } from './read-acting.ts';
import { type Request, refusePrivately } from './refuse-privately.ts';

/** In milliseconds: without an acknowledgement within three seconds, Slack shows the user an error. */
const PATIENCE = 2_000;
/** The time left if the user's workspaces had to be looked up first, in milliseconds. */
const WHAT_IS_LEFT = 800;

export interface AllowedParts extends AnswerParts {
  readonly access: SlackParts['access'];
  readonly membership: SlackParts['membership'];
}

/** Before any listener, stops users the settings do not allow, or not here, and explains it privately. */
export function refuseNotAllowed(parts: AllowedParts) {
  const { access, membership, log } = parts;
  return async (request: Request): Promise<void> => {
    const acting = readActing(request.body);
    if (acting.kind !== 'person') return await request.next();
    const { userId, channel } = acting;
    const groups = access.userGroups;
    const patience = isProven(acting.team, homeOf(request.context)) ? PATIENCE : WHAT_IS_LEFT;
    const found =
      groups === null ? 'stranger' : await within(patience, membership(request.client, groups, userId));
    const decision = decideAccess(access, channel, found ?? 'unknown');
    if (decision.allowed) return await request.next();
    log.warn({ reason: decision.reason, user: userId, channel }, 'refused');
    await refusePrivately(parts, request, accessRefusal(decision.reason, access));
  };
}
