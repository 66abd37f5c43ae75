import type { ChannelSeed, PersonSeed, Team, UserGroupSeed } from './directory.ts';
import { DEFAULT_CHANNELS, DEFAULT_PEOPLE, DEFAULT_USER_GROUPS, HOME_TEAM } from './directory.ts';

/** How fast one channel takes posts: Slack documents one a second with short bursts. */
export interface PostRate {
  readonly perSecond: number;
  readonly burst: number;
}

export interface WorkspaceOptions {
  /** Which workspace it is; two in one story need different ids. */
  readonly team?: Team;
  /** The scopes of the bot token, exactly. */
  readonly scopes?: readonly string[];
  readonly channels?: readonly ChannelSeed[];
  readonly people?: readonly PersonSeed[];
  readonly userGroups?: readonly UserGroupSeed[];
  /** `off` takes posts as fast as they come. */
  readonly postRate?: PostRate | 'off';
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
    scopes: options.scopes ?? DEFAULT_SCOPES,
    channels: options.channels ?? DEFAULT_CHANNELS,
    people: options.people ?? DEFAULT_PEOPLE,
    userGroups: options.userGroups ?? DEFAULT_USER_GROUPS,
    postRate: options.postRate ?? { perSecond: 1, burst: 1 },
    eventsUrl: options.eventsUrl ?? null,
    ackTimeoutMs: options.ackTimeoutMs ?? 3000,
    signingSecret: options.signingSecret ?? 'sandbox-signing-secret',
    port: options.port ?? 0,
    now: options.now ?? Date.now,
  };
}
