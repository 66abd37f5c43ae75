import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Config } from '../../config/config.ts';
import { createInstallations } from '../../slack/workspaces/oauth/installation-store.ts';
import { createSealedInstallations } from '../../store/access/installations.ts';
import type { CheckLine } from './check-line.ts';
import type { SharedStore } from './check-store.ts';
import { checkInstalledToken } from './check-token.ts';

export interface CheckedWorkspaces {
  readonly lines: readonly CheckLine[];
  /**
   * Client for the first workspace in ALLOWED_WORKSPACES, where ALERT_CHANNEL belongs if no bot token is set.
   * Null if it is not installed.
   */
  readonly first: WebClient | null;
}

export interface CheckWorkspacesParts {
  /** Null if the store could not be opened, which is reported on its own line. */
  readonly store: Pick<SharedStore, 'db'> | null;
  readonly telling: (token: string) => WebClient;
  readonly scopes: readonly string[];
  readonly log: Logger;
}

/** One line per workspace that installed the app, or where to install it. Empty without SLACK_CLIENT_ID. */
export async function checkWorkspaces(
  { slack: { oauth }, port }: Config,
  { store, telling, scopes, log }: CheckWorkspacesParts,
): Promise<CheckedWorkspaces> {
  if (oauth === null || store === null) return { lines: [], first: null };
  const sealed = createSealedInstallations(store.db, oauth.clientSecret);
  const allowed = oauth.allowedWorkspaces;
  const installations = await createInstallations(sealed, { allowed, log, now: Date.now }).all();
  const lines: CheckLine[] = [];
  for (const id of await sealed.ids()) {
    const found = installations.get(id);
    if (found === undefined) {
      lines.push({ ok: false, text: `slack: workspace ${id}: ${NOT_SERVED}` });
      continue;
    }
    const name = found.team?.name ?? found.enterprise?.name;
    const workspace = name === undefined ? `workspace ${id}` : `workspace ${name} (${id})`;
    lines.push(...(await checkInstalledToken(telling(found.bot.token), scopes, workspace)));
  }
  if (lines.length === 0) lines.push({ ok: true, text: noneYet(port) });
  const first = installations.get(allowed[0] ?? '');
  return { lines, first: first === undefined ? null : telling(first.bot.token) };
}

const NOT_SERVED =
  'its installation cannot be used. Put it back into ALLOWED_WORKSPACES, set SLACK_CLIENT_SECRET back to what it was, or install the app there again, at /slack/install.';

function noneYet(port: number): string {
  const here = `http://localhost:${port}/slack/install`;
  return `slack: no workspace is installed yet. Start the bot and open /slack/install at its public address (on this machine ${here}).`;
}
