import { randomBytes } from 'node:crypto';

/** What a workspace's token is good for now. */
export type TokenState = 'good' | 'invalid_auth' | 'token_expired' | 'token_revoked' | 'account_inactive';

/** A token and the workspace it was given for. */
export interface Grant {
  readonly team: string;
  readonly accessToken: string;
  /** Works once; null where tokens do not expire. */
  readonly refreshToken: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  state: 'live' | 'revoked' | 'uninstalled';
  /** Newer tokens took its place. */
  outdated: boolean;
  /** When its refresh token was used first; null: not yet. */
  refreshedAt: number | null;
}

/** Of tokens that are renewed again and again so many stay alive; the oldest beyond them are revoked. */
const MOST_LIVE = 2;

/** How long tokens live, in seconds: the first of an installation, and those it is renewed to. */
export interface Rotation {
  readonly first: number;
  readonly renewed: number;
}

/**
 * Codes and tokens as Slack keeps them: a code works once, a refresh token once and for a short time again (see
 * https://docs.slack.dev/authentication/using-token-rotation), and a team's removal ends all of its tokens.
 */
export class Grants {
  readonly all: Grant[] = [];
  private readonly codes = new Map<string, string>();
  private readonly now: () => number;
  /** For how long a refresh token works again after its first use, in milliseconds. */
  private readonly grace: number;

  constructor(now: () => number, grace: number) {
    this.now = now;
    this.grace = grace;
  }

  code(team: string): string {
    const code = secret('code');
    this.codes.set(code, team);
    return code;
  }

  /** The workspace of a code that was not used yet. */
  takeCode(code: string): string | null {
    const team = this.codes.get(code) ?? null;
    this.codes.delete(code);
    return team;
  }

  give(team: string, seconds: number | null): Grant {
    const grant: Grant = {
      team,
      accessToken: secret(seconds === null ? 'xoxb' : 'xoxe.xoxb'),
      refreshToken: seconds === null ? null : secret('xoxe-1'),
      expiresAt: seconds === null ? Number.POSITIVE_INFINITY : this.now() + seconds * 1_000,
      state: 'live',
      outdated: false,
      refreshedAt: null,
    };
    this.all.push(grant);
    return grant;
  }

  /** What comes of using a refresh token; null where it works no more. */
  refresh(refreshToken: string, seconds: number): Grant | null {
    const grant = this.all.find((one) => one.refreshToken === refreshToken);
    if (grant === undefined || grant.state !== 'live') return null;
    if (grant.refreshedAt !== null && this.now() - grant.refreshedAt > this.grace) return null;
    grant.refreshedAt ??= this.now();
    const renewed = this.give(grant.team, seconds);
    const live = this.all.filter(({ team, state, refreshToken: expires }) => {
      return team === grant.team && state === 'live' && expires !== null;
    });
    // Only what it opens is revoked: the refresh token itself has its own end.
    for (const old of live.slice(0, -MOST_LIVE)) old.outdated = true;
    return renewed;
  }

  find(accessToken: string): Grant | undefined {
    return this.all.find((one) => one.accessToken === accessToken);
  }

  stateOf(grant: Grant | undefined): TokenState {
    if (grant === undefined) return 'invalid_auth';
    if (grant.state === 'revoked' || grant.outdated) return 'token_revoked';
    if (grant.state === 'uninstalled') return 'account_inactive';
    return grant.expiresAt <= this.now() ? 'token_expired' : 'good';
  }

  revoke(team: string): void {
    for (const grant of this.all) if (grant.team === team) grant.state = 'revoked';
  }

  /** The workspace removes the app. */
  uninstall(team: string): void {
    for (const grant of this.all) if (grant.team === team) grant.state = 'uninstalled';
  }

  /** Every refresh token of the workspace stops working, as when somebody else used it. */
  spoilRefresh(team: string): void {
    for (const grant of this.all) if (grant.team === team) grant.refreshedAt = Number.NEGATIVE_INFINITY;
  }
}

function secret(kind: string): string {
  return `${kind}-${randomBytes(12).toString('hex')}`;
}
