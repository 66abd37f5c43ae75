import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Instant } from '../../../lib/instant.ts';
import { isOver } from '../../../lib/wait.ts';

/** How long a list of workspaces is valid, in milliseconds. */
const GOOD_FOR = 10 * 60_000;
const PAGES = 20;

/**
 * The workspaces of an organisation that installed the app for all of them. Requests do not reliably name a
 * user's organisation, so we ask Slack from time to time. If Slack never answered, the list is empty: a
 * refused colleague can ask again, but an admitted outsider has read the fleet.
 */
export function createOrganisationTeams({
  log,
  now,
}: {
  readonly log: Logger;
  readonly now: () => Instant;
}): (id: string, client: WebClient) => Promise<ReadonlySet<string>> {
  const known = new Map<string, Known>();
  return async (id, client) => {
    const before = known.get(id);
    if (before !== undefined && !isOver(before, now())) return before.teams;
    try {
      const teams = await list(client);
      known.set(id, { teams, from: now(), until: now() + GOOD_FOR });
      return teams;
    } catch (error) {
      log.error({ organisation: id, err: error }, 'Slack did not tell the workspaces of an organisation');
      return before?.teams ?? new Set();
    }
  };
}

interface Known {
  readonly teams: ReadonlySet<string>;
  readonly from: Instant;
  readonly until: Instant;
}

async function list(client: WebClient): Promise<ReadonlySet<string>> {
  const teams = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await client.auth.teams.list({ limit: 1_000, ...(cursor && { cursor }) });
    for (const { id } of answer.teams ?? []) if (id !== undefined) teams.add(id);
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) break;
  }
  return teams;
}
