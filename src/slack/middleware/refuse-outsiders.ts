import type { AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { WorkspaceError } from '../../core/workspace-error.ts';
import { homeOf, troubleOf } from './home-team.ts';

const team = z.string().nullish();
/** Where the different payloads say which workspace the acting person belongs to (Slack: "Slack Connect"). */
const actor = z.object({
  user: z.object({ team_id: team }).nullish().catch(null),
  team: z.object({ id: team }).nullish().catch(null),
  team_id: team,
  command: z.string().optional(),
  event: z
    .object({
      user_team: team,
      source_team: team,
      team: team,
      channel: z.string().nullish().catch(null),
      user: z.string().nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

const told = z.object({ type: z.literal('event_callback'), event: z.object({ type: z.string() }) });

const REFUSAL =
  'Only members of the workspace that installed me can ask here. Please ask one of your colleagues there.';
const INSTALL_AGAIN =
  'Slack no longer lets me work in this workspace: ask whoever runs this bot to install it here again.';
const AWAY = 'Slack did not renew my access to this workspace just now. Please ask again in a minute.';

/**
 * Stops everything that people of another workspace do in a shared channel, before any listener: anyone in such a
 * channel can press our buttons. They are told so privately, and nothing else happens.
 */
export function refuseOutsiders(log: Logger) {
  return async (args: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    if (isAboutInstallation(args.body)) return await args.next();
    const home = homeOf(args.context);
    const from = teamOfActor(args.body);
    if (home !== null && (from === null || home.teams.has(from))) return await args.next();
    const trouble = home === null ? troubleOf(args.context) : null;
    log.warn({ reason: trouble?.code ?? 'outsider', team: from }, 'refused');
    const refusal = { response_type: 'ephemeral', text: sentence(trouble) } as const;
    if ('command' in args && args.command) await args.ack(refusal);
    else if ('ack' in args && args.ack) {
      await args.ack();
      if ('respond' in args && args.respond) await args.respond({ ...refusal, replace_original: false });
    } else if (home !== null) await tellAuthor(args, log);
  };
}

/** What Slack tells of the installation itself is no person's wish, and comes when there may be none any more. */
function isAboutInstallation(body: unknown): boolean {
  const type = told.safeParse(body).data?.event.type;
  return type === 'app_uninstalled' || type === 'tokens_revoked';
}

function sentence(trouble: WorkspaceError | null): string {
  if (trouble === null || trouble.code === 'workspace-not-installed') return REFUSAL;
  return trouble.code === 'workspace-refused' ? INSTALL_AGAIN : AWAY;
}

/** The workspace of whoever acts; null where the payload does not say (then it is an event of our own workspace). */
export function teamOfActor(body: unknown): string | null {
  const read = actor.safeParse(body);
  if (!read.success) return null;
  const { user, event, command, team_id, team: workspace } = read.data;
  if (user?.team_id) return user.team_id;
  // Somebody acts who names no workspace: the payload's own, and where it has none nobody we know.
  if (user) return workspace?.id ?? 'unknown';
  if (command !== undefined) return team_id ?? null;
  return event?.user_team ?? event?.source_team ?? event?.team ?? null;
}

/** Somebody who wrote to us: only they see the refusal. */
async function tellAuthor(
  { body, client }: AnyMiddlewareArgs & AllMiddlewareArgs,
  log: Logger,
): Promise<void> {
  const event = actor.safeParse(body).data?.event;
  if (!event?.channel || !event.user) return;
  const { channel, user } = event;
  await client.chat
    .postEphemeral({ channel, user, text: REFUSAL })
    .catch((error: unknown) => log.warn({ err: error }, 'the outsider could not be told'));
}
