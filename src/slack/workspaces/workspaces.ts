import type { AuthorizeResult, AuthorizeSourceData } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Home } from '../../core/access/access.ts';
import { notInstalled, renewalUnanswered, WorkspaceError } from '../../core/access/workspace-error.ts';
import type { ChannelOwners } from './channel-owners.ts';
import type { IdentityKeeper } from './identity.ts';
import type { Installations, StoredInstallation } from './oauth/installation-store.ts';
import type { Loss, LossEvent } from './oauth/lose-workspace.ts';

/** The settings' token, and which workspace it belongs to. */
export interface OwnToken {
  readonly token: string;
  readonly identity: IdentityKeeper;
}

/** What serving workspaces that installed the app needs. */
export interface InstalledParts {
  readonly installations: Installations;
  readonly renew: (id: string, installation: StoredInstallation) => Promise<StoredInstallation>;
  readonly lose: Workspaces['lose'];
  readonly organisationTeams: (id: string, client: WebClient) => Promise<ReadonlySet<string>>;
}

/** Which workspace serves a request. In Bolt's context these members sit beside Bolt's own. */
export interface Served extends AuthorizeResult {
  /** Null if no workspace serves it; `trouble` says why. */
  readonly home: Home | null;
  readonly trouble: WorkspaceError | null;
}

export interface Workspaces {
  /** Finds the workspace that serves a request; Bolt calls it first. */
  readonly authorize: (source: AuthorizeSourceData<boolean>) => Promise<Served>;
  /** The client that posts in a channel. Rejects with a WorkspaceError if there is none. */
  readonly clientFor: (channel: string) => Promise<WebClient>;
  /** A workspace's client; rejects in the same way. */
  readonly clientOf: (id: string) => Promise<WebClient>;
  /** Whether a channel's workspace has installed the app. */
  readonly isServed: (channel: string) => Promise<boolean>;
  readonly owners: ChannelOwners;
  /** Forgets a workspace that Slack says removed us, after checking that it did. */
  readonly lose: (id: string, event: LossEvent) => Promise<Loss>;
}

interface Bot {
  readonly token: string;
  readonly botId: string | undefined;
  readonly botUserId: string | undefined;
  /** It serves all workspaces of an organisation. */
  readonly isOrganisation: boolean;
  readonly organisation: string | null;
}

/** The workspaces the bot serves: the settings' own, those that installed the app, or both. */
export function createWorkspaces(
  own: OwnToken | null,
  installed: InstalledParts | null,
  owners: ChannelOwners,
  telling: (token: string) => WebClient,
): Workspaces {
  const ownBot = async (): Promise<Bot & { readonly teamId: string }> => {
    if (own === null) throw new Error('There is no token in the settings.');
    const identity = await own.identity.find();
    return { token: own.token, isOrganisation: false, ...identity };
  };

  const botOf = async (id: string): Promise<Bot> => {
    let unknown: unknown = null;
    if (own !== null) {
      const me = await ownBot().catch((error: unknown) => {
        unknown = error;
        return null;
      });
      if (me?.teamId === id) return me;
    }
    const installation = (await installed?.installations.find(id)) ?? null;
    if (installation !== null && installed !== null) {
      const { bot, enterprise, isEnterpriseInstall } = await installed.renew(id, installation);
      return {
        token: bot.token,
        botId: bot.id,
        botUserId: bot.userId,
        isOrganisation: isEnterpriseInstall === true,
        organisation: enterprise?.id ?? null,
      };
    }
    // It may be the settings' workspace, which we cannot tell while Slack is down.
    throw unknown === null ? notInstalled(id) : renewalUnanswered(id, unknown);
  };

  const clientOf = async (id: string) => telling((await botOf(id)).token);

  const authorize = async (source: AuthorizeSourceData<boolean>): Promise<Served> => {
    if (installed === null) {
      const { token, botId, botUserId, teamId, organisation } = await ownBot();
      const home = { id: teamId, teams: new Set([teamId]), organisation };
      return { botToken: token, botId, botUserId, teamId, home, trouble: null };
    }
    const { teamId, enterpriseId } = source;
    const id = (source.isEnterpriseInstall ? enterpriseId : teamId) ?? '';
    try {
      const { token, botId, botUserId, isOrganisation, organisation } = await botOf(id);
      const teams = isOrganisation ? await installed.organisationTeams(id, telling(token)) : new Set([id]);
      const bot = { botToken: token, botId, botUserId };
      return {
        ...bot,
        ...(teamId && { teamId }),
        ...(enterpriseId && { enterpriseId }),
        home: { id, teams, organisation },
        trouble: null,
      };
    } catch (error) {
      if (!(error instanceof WorkspaceError)) throw error;
      return { home: null, trouble: error };
    }
  };

  const ownerOf = async (channel: string): Promise<string | null> =>
    installed === null ? null : await owners.of(channel);

  return {
    authorize,
    clientOf,
    owners,
    lose: async (id, event) => (await installed?.lose(id, event)) ?? 'none',
    async clientFor(channel) {
      const id = await ownerOf(channel);
      if (id !== null) return await clientOf(id);
      if (own === null) throw notInstalled('of this channel');
      return telling(own.token);
    },
    async isServed(channel) {
      const id = await ownerOf(channel);
      if (id === null) return own !== null;
      if (own !== null && own.identity.known()?.teamId === id) return true;
      return (await installed?.installations.find(id)) != null;
    },
  };
}
