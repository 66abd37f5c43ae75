import type { Instant } from '../../lib/instant.ts';
import { OperationalError } from '../../lib/operational-error.ts';
import { isOver, isSetBackSince } from '../../lib/wait.ts';
import type { StoredToken } from './token-store.ts';

/** Share of its lifetime after which a token is renewed, so that it does not expire during a call. */
const RENEWAL_SHARE = 0.85;

/** Early deaths older than this are ignored, in milliseconds. */
const FIGHT_WINDOW = 10 * 60_000;

/** This many early deaths within the window mean that another program logs in. */
const FIGHT_DEATHS = 3;

function renewalTime(token: StoredToken): Instant {
  return token.obtainedAt + (token.expiresAt - token.obtainedAt) * RENEWAL_SHARE;
}

/**
 * Whether calls may use the token: not once it is refused or past its renewal time. If the clock was set back
 * since it was obtained, its age is unknown and it is renewed.
 */
export function tokenState(token: StoredToken, now: Instant): 'usable' | 'refused' | 'due-for-renewal' {
  if (token.refused) return 'refused';
  return isOver({ from: token.obtainedAt, until: renewalTime(token) }, now) ? 'due-for-renewal' : 'usable';
}

export function recentDeaths(deaths: readonly Instant[], now: Instant): readonly Instant[] {
  return deaths.filter((death) => now - death < FIGHT_WINDOW && !isSetBackSince(death, now));
}

/**
 * The token as stored after a 1010005. The death counts as early only before the renewal time: later the
 * token may simply have expired, or been replaced by a renewal in progress.
 */
export function afterRefusal(token: StoredToken, now: Instant): StoredToken {
  const deaths = recentDeaths(token.earlyDeaths, now);
  const early = tokenState(token, now) === 'usable';
  return { ...token, refused: true, earlyDeaths: early ? [...deaths, now] : deaths };
}

export function isTokenFight(token: StoredToken, now: Instant): boolean {
  return recentDeaths(token.earlyDeaths, now).length >= FIGHT_DEATHS;
}

/** The error for three tokens refused well before their expiry within ten minutes. */
export function tokenFight(cause?: unknown): OperationalError {
  return new OperationalError(
    'Another program logs in with this appId: three access tokens stopped working long before their end within ' +
      'ten minutes, and only the newest token of an appId works.',
    {
      code: 'token-fight',
      advice:
        'Give the bot a dedicated appId, and let the device data be granted to it by application authorization; ' +
        'or stop the other program.',
      repeat: 'refused',
      cause,
    },
  );
}
