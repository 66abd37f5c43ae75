import type { Subscription } from '../subscription/subscription.ts';

/** Who may use the bot, and where, according to the settings. */
export interface AccessRules {
  /** Channels it may be used in; null: any. */
  readonly channels: ReadonlySet<string> | null;
  /** User groups whose members may use it; null: everybody in the workspace. */
  readonly userGroups: readonly string[] | null;
  /** User groups whose members may save a subscription with `external:yes`; empty: nobody; null: everybody. */
  readonly external: readonly string[] | null;
  /** The same for subscriptions that mention user groups or @here. */
  readonly mention: readonly string[] | null;
}

/** Subscription options that the settings can restrict to some users. */
export type Reserved = 'external' | 'mention';

export type AccessRefusal =
  /** From a workspace other than the one that installed the app. */
  | 'outsider'
  /** From another workspace of the same Enterprise Grid organisation, but not the one that installed the app. */
  | 'sibling'
  /** The workspace could not be determined in time. */
  | 'unknown-team'
  | 'not-in-usergroup'
  /** Group membership could not be determined in time. */
  | 'unknown-membership'
  | 'channel-not-allowed'
  /** A direct message, the home tab or a shortcut: not a channel, and only channels are allowed. */
  | 'place-not-allowed';

export type Access = { readonly allowed: true } | { readonly allowed: false; readonly reason: AccessRefusal };

/** Whether a user is in one of the groups, if known. */
export type Membership = 'member' | 'stranger' | 'unknown';

const ALLOWED: Access = { allowed: true };

/**
 * Decides whether a member of the workspace may use the bot in a channel; null means a place that is not a
 * channel. Unknown membership refuses. With a channel list, places that are not channels are open only to members
 * of the groups: without groups, anyone could bypass the list there.
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

/** A user's workspaces and organisation, according to Slack. */
export interface Belonging {
  /** Workspaces; in an organisation a user can belong to several. */
  readonly teams: ReadonlySet<string>;
  readonly organisation: string | null;
}

/**
 * Whether a user belongs to the home workspace, regardless of other memberships; a null `person` could not be
 * determined.
 */
export function decideTeam(home: Pick<Home, 'teams' | 'organisation'>, person: Belonging | null): Access {
  if (person === null || home.teams.size === 0) return refused('unknown-team');
  if ([...person.teams].some((team) => home.teams.has(team))) return ALLOWED;
  const isColleague = person.organisation !== null && person.organisation === home.organisation;
  if (!isColleague) return refused('outsider');
  return refused(person.teams.size === 0 ? 'unknown-team' : 'sibling');
}

/** The restricted options a subscription uses. Mentions of single people are not restricted. */
export function reservedIn({
  external,
  mentions,
}: Pick<Subscription, 'external' | 'mentions'>): readonly Reserved[] {
  const callsMany = mentions.some(({ kind }) => kind !== 'person');
  return [...(external ? (['external'] as const) : []), ...(callsMany ? (['mention'] as const) : [])];
}

/** Whether any of the settings depend on user group membership. */
export function asksForMembers({ userGroups, external, mention }: AccessRules): boolean {
  return [userGroups, external, mention].some((groups) => groups !== null && groups.length > 0);
}

/** Whether tasks may be posted in a conversation. Direct messages are never on the channel list. */
export function maySubscribe({ channels }: AccessRules, channel: string): boolean {
  return channels === null || channels.has(channel);
}

function refused(reason: AccessRefusal): Access {
  return { allowed: false, reason };
}

/** The workspace a request belongs to: the one whose installation authorised it. */
export interface Home {
  /**
   * Id of the installation: a workspace (`T…`), or an organisation (`E…`) that installed for all of its
   * workspaces.
   */
  readonly id: string;
  /** The workspaces whose members belong to it. */
  readonly teams: ReadonlySet<string>;
  /** The Enterprise Grid organisation it is part of (`E…`); null: none. */
  readonly organisation: string | null;
}

/** The workspace that is installing the app or has installed it, and its organisation if any. */
export interface Applicant {
  /** Null: an organisation installs for all of its workspaces. */
  readonly team: string | null;
  readonly organisation: string | null;
}

/** Whether an applicant may install: its workspace is allowed, or its whole organisation is. */
export function mayInstall(
  { team, organisation }: Applicant,
  allowed: readonly string[],
): 'workspace-allowed' | 'organisation-allowed' | 'not-listed' {
  if (team !== null && allowed.includes(team)) return 'workspace-allowed';
  return organisation !== null && allowed.includes(organisation) ? 'organisation-allowed' : 'not-listed';
}

/** Settings needed to let several workspaces install the app. */
export interface Oauth {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Ids of the workspaces (`T…`) and organisations (`E…`) that may install; at least one. */
  readonly allowedWorkspaces: readonly string[];
}
