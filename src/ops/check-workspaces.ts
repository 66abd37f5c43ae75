import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { OperationalError } from '../core/operational-error.ts';
import { connectWorkspaces } from '../slack/connect-workspaces.ts';
import { scopesToAsk } from '../slack/oauth/scopes.ts';
import { leasesOf } from '../store/leases-of.ts';
import { openStore, type Store } from '../store/open-store.ts';
import type { CheckLine } from './check-all.ts';

/** Tries the token of a workspace. */
export type CheckToken = (client: WebClient, whose: string) => Promise<readonly CheckLine[]>;

/** A line for each workspace that installed the app, or where to install it; nothing without SLACK_CLIENT_ID. */
export async function checkWorkspaces(
  config: Config,
  log: Logger,
  checkToken: CheckToken,
): Promise<readonly CheckLine[]> {
  if (config.slack.oauth === null) return [];
  let store: Store;
  try {
    store = await openStore(config.store);
  } catch (error) {
    // The store has a line of its own that says what is wrong with it.
    const busy = error instanceof OperationalError && error.code === 'store-locked';
    return busy ? [{ ok: true, text: 'slack: the workspaces cannot be tried while the bot runs' }] : [];
  }
  const leases = leasesOf(store, () => undefined);
  try {
    const { workspaces, installations } = connectWorkspaces(config.slack, {
      ...{ db: store.db, now: Date.now, log, exclusively: leases.exclusively },
      scopes: scopesToAsk(config.access.userGroups),
      onSlackCall: () => undefined,
      onInstalled: () => undefined,
    });
    const installed = [...((await installations?.all()) ?? [])];
    if (installed.length === 0) return [noneYet(config.port)];
    const lines: CheckLine[] = [];
    for (const [id, { team, enterprise }] of installed) {
      const name = team?.name ?? enterprise?.name;
      const whose = name === undefined ? `workspace ${id}` : `workspace ${name} (${id})`;
      try {
        lines.push(...(await checkToken(await workspaces.clientOf(id), whose)));
      } catch (error) {
        if (!(error instanceof OperationalError)) throw error;
        lines.push({ ok: false, text: `slack: ${whose}: ${error.message} ${error.advice}` });
      }
    }
    return lines;
  } finally {
    await leases.stop();
    await store.close();
  }
}

function noneYet(port: number): CheckLine {
  const here = `http://localhost:${port}/slack/install`;
  return {
    ok: true,
    text: `slack: no workspace is installed yet. Start the bot and open /slack/install at its public address (on this machine ${here}).`,
  };
}
