import type { Instant } from '../../lib/instant.ts';
import { OperationalError } from '../../lib/operational-error.ts';
import { isOver } from '../../lib/wait.ts';
import { createOneAtATime } from '../../lib/work/one-at-a-time.ts';
import { BudgetExhaustedError, CallAbortedError } from '../errors.ts';
import type { Caller } from '../port.ts';
import { afterRefusal, isTokenFight, recentDeaths, tokenState } from './token.ts';
import type { StoredToken, TokenStore } from './token-store.ts';

/** How long the error of a refused login is repeated instead of logging in again, in milliseconds. */
const LOGIN_PAUSE = 30_000;

/** Superseded: a newer token already exists. Died: the token just stopped working. Fight: too many died early. */
export type RefusalVerdict = 'superseded' | 'died' | 'fight';

export interface TokenKeeper {
  /** Returns a usable token, logging in if there is none. Concurrent callers share that login. */
  obtain(caller: Caller, signal?: AbortSignal): Promise<StoredToken>;
  /** Must be called when the platform answers 1010005 to a call with this token. */
  refused(token: StoredToken): Promise<RefusalVerdict>;
  /** Logs in even if there may be a usable token. */
  renew(caller: Caller): Promise<void>;
}

/**
 * Manages the one token. Only the newest token of an appId works, and logins must not overlap (iot_06_0007).
 * So logins run one at a time, across processes under the store's lock, and each first checks the store for a
 * newer token from another process.
 */
export function createTokenKeeper(parts: {
  owner: string;
  store: TokenStore;
  login: (caller: Caller) => Promise<StoredToken>;
  now: () => Instant;
}): TokenKeeper {
  const { store, now } = parts;
  const inTurn = createOneAtATime();
  let current: StoredToken | null = null;
  let underWay: Promise<StoredToken> | null = null;
  let standingRefusal: { error: OperationalError; from: Instant; until: Instant } | null = null;

  function alone<Result>(work: () => Promise<Result>): Promise<Result> {
    return inTurn(() => (store.exclusively === undefined ? work() : store.exclusively(work)));
  }

  async function loadOwn(): Promise<StoredToken | null> {
    const stored = await store.load();
    return stored?.owner === parts.owner ? stored : null;
  }

  function isUsable(token: StoredToken | null): token is StoredToken {
    return token !== null && tokenState(token, now()) === 'usable';
  }

  async function logIn(caller: Caller, earlier: StoredToken | null): Promise<StoredToken> {
    if (standingRefusal !== null && !isOver(standingRefusal, now())) throw standingRefusal.error;
    standingRefusal = null;
    let fresh: StoredToken;
    try {
      fresh = await parts.login(caller);
    } catch (error) {
      if (error instanceof OperationalError && error.repeat === 'refused') {
        standingRefusal = { error, from: now(), until: now() + LOGIN_PAUSE };
      }
      throw error;
    }
    current = { ...fresh, earlyDeaths: recentDeaths(earlier?.earlyDeaths ?? [], now()) };
    await store.save(current);
    return current;
  }

  function bring(caller: Caller, even: 'if-needed' | 'always'): Promise<StoredToken> {
    const work = alone(async () => {
      const stored = (await loadOwn()) ?? current;
      if (even === 'if-needed' && isUsable(stored)) {
        current = stored;
        return stored;
      }
      return logIn(caller, stored);
    });
    underWay = work;
    const forget = () => {
      if (underWay === work) underWay = null;
    };
    work.then(forget, forget);
    return work;
  }

  async function obtain(caller: Caller, signal?: AbortSignal): Promise<StoredToken> {
    if (isUsable(current)) return current;
    const shared = underWay;
    if (shared === null) return untilAborted(bring(caller, 'if-needed'), signal);
    try {
      return await untilAborted(shared, signal);
    } catch (error) {
      // The shared login ran on another caller's smaller share of the budget; that refusal is not ours.
      if (error instanceof BudgetExhaustedError && error.reason !== 'budget-full')
        return obtain(caller, signal);
      throw error;
    }
  }

  return {
    obtain,
    refused: (token) =>
      alone(async () => {
        const stored = (await loadOwn()) ?? current;
        if (stored !== null && stored.accessToken !== token.accessToken) {
          current = stored;
          return 'superseded';
        }
        const marked = stored?.refused ? stored : afterRefusal(stored ?? token, now());
        current = marked;
        await store.save(marked);
        return isTokenFight(marked, now()) ? 'fight' : 'died';
      }),
    renew: async (caller) => {
      await bring(caller, 'always');
    },
  };
}

/** Waits for shared work without cancelling it. On abort, only this caller gives up, with a CallAbortedError. */
async function untilAborted<Result>(work: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  if (signal === undefined) return work;
  if (signal.aborted) throw new CallAbortedError();
  const gaveUp = Promise.withResolvers<never>();
  const giveUp = () => gaveUp.reject(new CallAbortedError());
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([work, gaveUp.promise]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
