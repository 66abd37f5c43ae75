import type { Instant } from '../../lib/instant.ts';

/** A token as stored across calls, processes and restarts. */
export interface StoredToken {
  /** The application and address the token belongs to. Tokens of other owners are ignored. */
  readonly owner: string;
  /** Secret: never log or show it. */
  readonly accessToken: string;
  readonly obtainedAt: Instant;
  readonly expiresAt: Instant;
  /** Whether the platform has answered 1010005 to this token. */
  readonly refused: boolean;
  /** When this and earlier tokens were refused well before expiry; only the last ten minutes are kept. */
  readonly earlyDeaths: readonly Instant[];
}

/** Keeps the one working token. Only the newest token of an application works, so all its users must share it. */
export interface TokenStore {
  load(): Promise<StoredToken | null>;
  save(token: StoredToken): Promise<void>;
  /**
   * Runs the work with no other process doing the same, for example under a lock in the shared store. Needed
   * only if several processes share the store: within one process, logins already run one at a time.
   */
  exclusively?<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createMemoryTokenStore(): TokenStore {
  let kept: StoredToken | null = null;
  return {
    async load() {
      return kept;
    },
    async save(token) {
      kept = token;
    },
  };
}
