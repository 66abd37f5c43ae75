import type { Subscription } from '../subscription/subscription.ts';

/** Who may use the bot, and where, as the settings say. */
export interface AccessRules {
  /** Channels it may be used in; null: any. */
  readonly channels: ReadonlySet<string> | null;
  /** User groups whose members may use it; null: everybody of the workspace. */
  readonly userGroups: readonly string[] | null;
  /** User groups whose members may save a subscription with `external:yes`; empty: nobody; null: everybody. */
  readonly external: readonly string[] | null;
  /** The same for one that calls user groups or @here. */
  readonly mention: readonly string[] | null;
}

/** What of a subscription the settings can keep for some. */
export type Reserved = 'external' | 'mention';

export type AccessRefusal =
  /** Of another workspace than the one that installed the app. */
  | 'outsider'
  /** Of another workspace of the same Enterprise Grid organisation, and not of the one that installed the app. */
  | 'sibling'
  /** Nobody could find out in time which workspace it is. */
  | 'unknown-team'
  | 'not-in-usergroup'
  /** Nobody could find out in time who is in the groups. */
  | 'unknown-membership'
  | 'channel-not-allowed'
  /** A direct message, the home tab, a shortcut: no channel, and only channels are allowed. */
  | 'place-not-allowed';

export type Access = { readonly allowed: true } | { readonly allowed: false; readonly reason: AccessRefusal };

/** Whether somebody is in one of the groups, as far as that is known. */
export type Membership = 'member' | 'stranger' | 'unknown';

const ALLOWED: Access = { allowed: true };

/**
 * Decides whether a member of the workspace may use the bot in a channel; null is a place that is no channel. What is
 * not known refuses. Places that are no channel are for members of the groups: without groups anybody could go around
 * the list of channels there.
 */
export function decideAccess(
  { channels, userGroups }: AccessRules,
  channel: string | null,
  membership: Membership,
): Access {
  if (userGroups !== null && membership !== 'member') {
    return refused(membership === 'unknown' ? 'unknown-membership' : 'not-in-usergroup');
  }
  if (channels === null) return ALLOWED;
  if (channel === null) return userGroups === null ? refused('place-not-allowed') : ALLOWED;
  return channels.has(channel) ? ALLOWED : refused('channel-not-allowed');
}

/** Where somebody belongs, as Slack says. */
export interface Belonging {
  /** Workspaces; in an organisation people may be members of several. */
  readonly teams: ReadonlySet<string>;
  readonly organisation: string | null;
}

/** Whether somebody is a member of the home workspace, whatever else they are; null: it could not be found out. */
export function decideTeam(home: Pick<Home, 'teams' | 'organisation'>, person: Belonging | null): Access {
  if (person === null || home.teams.size === 0) return refused('unknown-team');
  if ([...person.teams].some((team) => home.teams.has(team))) return ALLOWED;
  const isColleague = person.organisation !== null && person.organisation === home.organisation;
  if (!isColleague) return refused('outsider');
  return refused(person.teams.size === 0 ? 'unknown-team' : 'sibling');
}

/** What of a subscription is for some alone, if the settings say so. Whoever calls a person calls nobody else. */
export function reservedIn({
  external,
  mentions,
}: Pick<Subscription, 'external' | 'mentions'>): readonly Reserved[] {
  const callsMany = mentions.some(({ kind }) => kind !== 'person');
  return [...(external ? (['external'] as const) : []), ...(callsMany ? (['mention'] as const) : [])];
}

/** Whether the settings make anything depend on who is in a user group. */
export function asksForMembers({ userGroups, external, mention }: AccessRules): boolean {
  return [userGroups, external, mention].some((groups) => groups !== null && groups.length > 0);
}

/** Whether a conversation may be told of tasks: direct messages are no channel of the list. */
export function maySubscribe({ channels }: AccessRules, channel: string): boolean {
  return channels === null || channels.has(channel);
}

function refused(reason: AccessRefusal): Access {
  return { allowed: false, reason };
}

/** The workspace a request belongs to: that of the installation it was authorised by. */
export interface Home {
  /** Of the installation: a workspace (`T…`), or an organisation (`E…`) that installed for all of its workspaces. */
  readonly id: string;
  /** The workspaces whose members belong to it. */
  readonly teams: ReadonlySet<string>;
  /** The Enterprise Grid organisation it is part of (`E…`); null: none. */
  readonly organisation: string | null;
}

/** Who wants to install the app, or has: the workspace, and the organisation it belongs to if any. */
export interface Applicant {
  /** Null: an organisation installs for all of its workspaces. */
  readonly team: string | null;
  readonly organisation: string | null;
}

/** Whether somebody may install: by its own id, or because the whole organisation it belongs to may. */
export function mayInstall(
  { team, organisation }: Applicant,
  allowed: readonly string[],
): 'workspace-allowed' | 'organisation-allowed' | 'not-listed' {
  if (team !== null && allowed.includes(team)) return 'workspace-allowed';
  return organisation !== null && allowed.includes(organisation) ? 'organisation-allowed' : 'not-listed';
}

/** What is needed to let several workspaces install the app. */
export interface Oauth {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Ids of the workspaces (`T…`) and organisations (`E…`) that may install; at least one. */
  readonly allowedWorkspaces: readonly string[];
}
