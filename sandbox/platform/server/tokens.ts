import type { Instant } from '../../../src/lib/instant.ts';

interface Issued {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessUntil: Instant;
  readonly refreshUntil: Instant;
  /** Who asked for it: the bot under test, or the other program. */
  readonly holder: 'caller' | 'elsewhere';
  uses: number;
}

/** The tokens of the one application. Only the newest pair works; issuing one forgets the pair before. */
export class Tokens {
  #newest: Issued | null = null;
  readonly #newToken: () => string;
  /** Every token there ever was, refresh tokens too: none of them may turn up in a log. */
  readonly everIssued: string[] = [];

  constructor(newToken: () => string) {
    this.#newToken = newToken;
  }

  issue(now: Instant, life: { accessMs: number; refreshMs: number }, holder: Issued['holder']): Issued {
    this.#newest = {
      accessToken: `at-${this.#newToken()}`,
      refreshToken: `rt-${this.#newToken()}`,
      accessUntil: now + life.accessMs,
      refreshUntil: now + life.refreshMs,
      holder,
      uses: 0,
    };
    this.everIssued.push(this.#newest.accessToken, this.#newest.refreshToken);
    return this.#newest;
  }

  /** Whether the token is the newest and alive; counts its use. */
  accepts(token: string, now: Instant): boolean {
    const issued = this.#newest;
    if (issued === null || issued.accessToken !== token || now >= issued.accessUntil) return false;
    issued.uses += 1;
    return true;
  }

  acceptsRefresh(token: string, now: Instant): boolean {
    return this.#newest !== null && this.#newest.refreshToken === token && now < this.#newest.refreshUntil;
  }

  /** How many calls the bot's newest token has served, or null where the bot does not hold the newest. */
  usesByCaller(): number | null {
    return this.#newest?.holder === 'caller' ? this.#newest.uses : null;
  }

  forget(): void {
    this.#newest = null;
  }
}
