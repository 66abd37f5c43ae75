import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Oauth } from '../../core/access/access.ts';
import type { Page } from '../../lib/http/start-server.ts';
import type { Instant } from '../../lib/instant.ts';
import { createSealedInstallations } from '../../store/access/installations.ts';
import { rememberEvent } from '../../store/access/seen-events.ts';
import type { LeaseKeeper } from '../../store/engine/lease-keeper.ts';
import type { Schema } from '../../store/engine/schema.ts';
import { type CountingFetch, createPostingClients } from '../out/web-clients.ts';
import { createChannelOwners, ONE_WORKSPACE } from './channel-owners.ts';
import { createIdentityKeeper, type IdentityKeeper } from './identity.ts';
import { createInstallPages } from './oauth/install-pages.ts';
import { createInstallations, type Installations } from './oauth/installation-store.ts';
import { leaveRemovedWorkspaces } from './oauth/leave-removed-workspaces.ts';
import { forgetWorkspace, loseWorkspace } from './oauth/lose-workspace.ts';
import { createOrganisationTeams } from './oauth/organisation-teams.ts';
import { createRenewal } from './oauth/renew-token.ts';
import { createWorkspaces, type OwnToken, type Workspaces } from './workspaces.ts';

export interface WorkspaceSettings {
  readonly botToken: string | null;
  readonly apiUrl: string;
  readonly oauth: Oauth | null;
}

export interface WorkspaceParts {
  readonly db: Kysely<Schema>;
  readonly now: () => Instant;
  readonly log: Logger;
  readonly fetch: CountingFetch;
  /** Runs one task at a time per name, across all processes, so that a token is renewed only once. */
  readonly exclusively: LeaseKeeper['exclusively'];
  /** The scopes a workspace grants when it installs the app. */
  readonly scopes: readonly string[];
  readonly onInstalled: () => void;
}

export interface ConnectedWorkspaces {
  readonly workspaces: Workspaces;
  /** Which workspace the settings' token belongs to; null without a token. */
  readonly identity: IdentityKeeper | null;
  /** Workspaces that installed the app; null without SLACK_CLIENT_ID. */
  readonly installations: Installations | null;
  /** Leaves workspaces that were removed from the list. */
  readonly leaveRemoved: () => Promise<void>;
  /** The installation pages. */
  readonly pages: readonly Page[];
}

/** Combines the settings' token with the workspaces that installed the app. */
export function connectWorkspaces(
  { botToken, apiUrl, oauth }: WorkspaceSettings,
  parts: WorkspaceParts,
): ConnectedWorkspaces {
  const { db, log, now, fetch } = parts;
  const telling = createPostingClients({ apiUrl }, log, fetch);
  const own: OwnToken | null =
    botToken === null ? null : { token: botToken, identity: createIdentityKeeper(telling(botToken)) };
  const identity = own?.identity ?? null;
  if (oauth === null) {
    return {
      workspaces: createWorkspaces(own, null, ONE_WORKSPACE, telling),
      identity,
      installations: null,
      leaveRemoved: async () => undefined,
      pages: [],
    };
  }
  const sealed = createSealedInstallations(db, oauth.clientSecret);
  const installations = createInstallations(sealed, { allowed: oauth.allowedWorkspaces, log, now });
  const [first = null] = oauth.allowedWorkspaces;
  const owners = createChannelOwners(
    db,
    () => (identity === null ? first : (identity.known()?.teamId ?? null)),
    async (id) => identity?.known()?.teamId === id || (await installations.find(id)) !== null,
  );
  // Slack's library checks expiry by the machine's clock; another clock would disagree with it.
  const renewal = { oauth, apiUrl, fetch, installations, exclusively: parts.exclusively, log, now: Date.now };
  const installed = {
    installations,
    renew: createRenewal(renewal),
    lose: (id: string, event: Parameters<Workspaces['lose']>[1]) =>
      loseWorkspace({ db, now, installations, owners, telling }, id, event),
    organisationTeams: createOrganisationTeams({ log, now }),
  };
  const { scopes, onInstalled } = parts;
  const forget = (id: string) => forgetWorkspace({ db, now, installations, owners }, id);
  return {
    workspaces: createWorkspaces(own, installed, owners, telling),
    identity,
    installations,
    leaveRemoved: () =>
      leaveRemovedWorkspaces({
        installations,
        telling,
        forget,
        log,
        isOfSettings: (token) => token === own?.token,
      }),
    pages: createInstallPages({
      oauth,
      apiUrl,
      fetch,
      installations,
      scopes,
      log,
      onInstalled,
      isFirstUse: (fingerprint) => rememberEvent(db, `install:${fingerprint}`, now()),
      isServedBySettings: (team, token) =>
        own !== null && (token === own.token || (team !== null && team === identity?.known()?.teamId)),
    }),
  };
}
