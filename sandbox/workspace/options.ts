import type { ChannelSeed, PersonSeed, Team, UserGroupSeed } from './directory.ts';
import { DEFAULT_CHANNELS, DEFAULT_PEOPLE, DEFAULT_USER_GROUPS, HOME_TEAM } from './directory.ts';

/** How fast calls of one kind are taken. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** What apps that are sold outside of Slack's Marketplace may read of history: one page of 15 messages a minute. */
export const OUTSIDE_MARKETPLACE: Rate = { perSecond: 1 / 60, burst: 1 };

export interface WorkspaceOptions {
  /** Which workspace it is; two in one story need different ids. */
  readonly team?: Team;
  /** The Enterprise Grid organisation (`E…`) the workspace is part of; default none. */
  readonly organisation?: string | null;
  /** The scopes of the bot token, exactly. */
  readonly scopes?: readonly string[];
  readonly channels?: readonly ChannelSeed[];
  readonly people?: readonly PersonSeed[];
  readonly userGroups?: readonly UserGroupSeed[];
  /** Posts in one channel; Slack documents one a second with short bursts. `off` takes them as fast as they come. */
  readonly postRate?: Rate | 'off';
  /** History and threads, each; with a rate a page holds 15 messages at most. Default `off`, as for an app of one's own. */
  readonly historyRate?: Rate | 'off';
  /** Where Slack would call the bot (HTTP mode); may be given later with `connectHttp`. */
  readonly eventsUrl?: string;
  /** How long an acknowledgement may take before the person sees an error. */
  readonly ackTimeoutMs?: number;
  readonly signingSecret?: string;
  /** A port on 127.0.0.1; 0 lets the system choose. */
  readonly port?: number;
  /** Milliseconds since 1970; decides about triggers, response_urls and the post rate. */
  readonly now?: () => number;
}

export type Settings = Required<Omit<WorkspaceOptions, 'eventsUrl'>> & { readonly eventsUrl: string | null };

/** Exactly what the product's manifest asks for, optional scopes included (a test holds them together). */
export const DEFAULT_SCOPES: readonly string[] = [
  'commands',
  'chat:write',
  'app_mentions:read',
  'im:history',
  'users:read',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
  'files:write',
];

/** The options with every default filled in. */
export function readOptions(options: WorkspaceOptions): Settings {
  return {
    team: options.team ?? HOME_TEAM,
    organisation: options.organisation ?? null,
    scopes: options.scopes ?? DEFAULT_SCOPES,
    channels: options.channels ?? DEFAULT_CHANNELS,
    people: options.people ?? DEFAULT_PEOPLE,
    userGroups: options.userGroups ?? DEFAULT_USER_GROUPS,
    postRate: options.postRate ?? { perSecond: 1, burst: 1 },
    historyRate: options.historyRate ?? 'off',
    eventsUrl: options.eventsUrl ?? null,
    ackTimeoutMs: options.ackTimeoutMs ?? 3000,
    signingSecret: options.signingSecret ?? 'sandbox-signing-secret',
    port: options.port ?? 0,
    now: options.now ?? Date.now,
  };
}
