import type { AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Identity } from '../parts.ts';

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

const REFUSAL =
  'Only members of the workspace that installed me can ask here. Please ask one of your colleagues there.';

/**
 * Stops everything that people of another workspace do in a shared channel, before any listener: anyone in such a
 * channel can press our buttons. They are told so privately, and nothing else happens.
 */
export function refuseOutsiders(identity: () => Identity | null, log: Logger) {
  return async (args: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const home = identity();
    const from = teamOfActor(args.body);
    if (home !== null && (from === null || from === home.teamId)) return await args.next();
    log.warn({ reason: 'outsider', team: from }, 'refused');
    const refusal = { response_type: 'ephemeral', text: REFUSAL } as const;
    if ('command' in args && args.command) await args.ack(refusal);
    else if ('ack' in args && args.ack) {
      await args.ack();
      if ('respond' in args && args.respond) await args.respond({ ...refusal, replace_original: false });
    } else await tellAuthor(args, log);
  };
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
