import type { Instant } from '../../lib/instant.ts';

/** A token as it is kept between calls, shared between processes and restarts. */
export interface StoredToken {
  /** Which application at which address it belongs to; a token of another owner is ignored. */
  readonly owner: string;
  /** Secret: never logged, never shown. */
  readonly accessToken: string;
  readonly obtainedAt: Instant;
  readonly expiresAt: Instant;
  /** Whether the platform has said 1010005 to it. */
  readonly refused: boolean;
  /** When this and earlier tokens were refused well before their end; only the last ten minutes are kept. */
  readonly earlyDeaths: readonly Instant[];
}

/** Where the one working token lives. Only the newest token of an application works, so all its users must share it. */
export interface TokenStore {
  load(): Promise<StoredToken | null>;
  save(token: StoredToken): Promise<void>;
  /**
   * Runs the work while no other process does the same, such as under a lock in the shared store. Needed only where
   * several processes share the store: within one process the logins are already one at a time.
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
