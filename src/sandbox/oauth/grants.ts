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
  refreshed: boolean;
}

/** How long tokens live, in seconds: the first of an installation, and those it is renewed to. */
export interface Rotation {
  readonly first: number;
  readonly renewed: number;
}

/** Codes and tokens as Slack keeps them: a code and a refresh token work once, and a team's removal ends all of its tokens. */
export class Grants {
  readonly all: Grant[] = [];
  private readonly codes = new Map<string, string>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
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
      refreshed: false,
    };
    this.all.push(grant);
    return grant;
  }

  /** The grant of a refresh token that was not used yet; it is used now. */
  takeRefresh(refreshToken: string): Grant | null {
    const grant = this.all.find((one) => one.refreshToken === refreshToken && !one.refreshed);
    if (grant === undefined || grant.state !== 'live') return null;
    grant.refreshed = true;
    return grant;
  }

  find(accessToken: string): Grant | undefined {
    return this.all.find((one) => one.accessToken === accessToken);
  }

  stateOf(grant: Grant | undefined): TokenState {
    if (grant === undefined) return 'invalid_auth';
    if (grant.state === 'revoked') return 'token_revoked';
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
    for (const grant of this.all) if (grant.team === team) grant.refreshed = true;
  }
}

function secret(kind: string): string {
  return `${kind}-${randomBytes(12).toString('hex')}`;
}
