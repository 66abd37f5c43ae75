import { type Belonging, decideTeam, type Home } from '../../../core/access/access.ts';
import { accessRefusal, workspaceRefusal } from '../../../render/access/access-refusal.ts';
import type { AnswerParts } from '../../answer/answer-asked.ts';
import { slackWord } from '../../out/slack-failure.ts';
import type { TeamsOfPerson } from '../../workspaces/teams-of-person.ts';
import { within } from '../../workspaces/within.ts';
import type { SlackParts } from '../parts.ts';
import { homeOf, isProven, troubleOf } from './home-team.ts';
import { readActing } from './read-acting.ts';
import { type Request, refusePrivately } from './refuse-privately.ts';

/** In milliseconds: without an acknowledgement within three seconds, Slack shows the user an error. */
const PATIENCE = 2_000;

export interface OutsiderParts extends AnswerParts {
  readonly teamsOfPerson: TeamsOfPerson;
  /** Called with what nothing here handles. */
  readonly onUnheard: SlackParts['onUnheard'];
  readonly access: SlackParts['access'];
}

/**
 * Stops users of other workspaces before any listener: in a shared channel anyone can press our buttons. If a
 * request does not prove membership of ours, we ask Slack: within an organisation it may name another of the
 * user's workspaces (slackapi/bolt-js, issue 1875). Users we cannot place are refused. Requests without a
 * user pass only if they are Slack's own; the others are dropped without a refusal.
 */
export function refuseOutsiders(parts: OutsiderParts) {
  const { teamsOfPerson, access, log, onUnheard } = parts;
  return async (request: Request): Promise<void> => {
    const acting = readActing(request.body);
    if (acting.kind === 'slack') return await request.next();
    if (acting.kind !== 'person') {
      if (acting.kind === 'unheard') onUnheard(acting.what);
      else log.debug({ reason: 'nobody' }, 'ignored');
      if ('ack' in request && request.ack) await request.ack();
      return;
    }
    const { userId, channel } = acting;
    const home = homeOf(request.context);
    if (home === null) return await refuseHomeless(request, { team: acting.team, user: userId, channel });
    if (isProven(acting.team, home)) return await request.next();
    const person = (await within(PATIENCE, lookUp(request, userId))) ?? asNamed(acting.team, home);
    const decision = decideTeam(home, person);
    if (decision.allowed) return await request.next();
    const { reason } = decision;
    const team = acting.team ?? ([...(person?.teams ?? [])].join(' ') || null);
    log.warn({ reason, team, user: userId, channel }, 'refused');
    await refusePrivately(parts, request, accessRefusal(reason, access));
  };

  /** Without an installation there is no token: the refusal reaches only users we can answer without one. */
  async function refuseHomeless(request: Request, who: object): Promise<void> {
    const trouble = troubleOf(request.context);
    const code = trouble?.code ?? 'workspace-not-installed';
    const reason = code === 'workspace-not-installed' ? 'outsider' : code;
    log.warn({ reason, ...who, ...(trouble && { problem: trouble.message }) }, 'refused');
    const text = reason === 'outsider' ? accessRefusal(reason, access) : workspaceRefusal(reason);
    await refusePrivately(parts, request, text);
  }

  async function lookUp({ client }: Request, userId: string): Promise<Belonging> {
    try {
      return await teamsOfPerson(client, userId);
    } catch (error) {
      const reason = slackWord(error);
      log.warn({ user: userId, reason }, 'the workspaces of a person could not be looked up');
      throw error;
    }
  }
}

/** Outside of organisations a user belongs to one workspace only: the one the request names. */
function asNamed(team: string | null, home: Home): Belonging | null {
  return team === null || home.organisation !== null ? null : { teams: new Set([team]), organisation: null };
}
