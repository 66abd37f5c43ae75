import type { Config } from '../../config/config.ts';
import { formatDuration } from '../../lib/duration.ts';
import { OperationalError } from '../../lib/operational-error.ts';
import { createMemoryCallLedger } from '../../platform/budget/memory-call-ledger.ts';
import { createPlatform, type PlatformClient } from '../../platform/oceanconnect/create-platform.ts';
import { tokenOwner } from '../../platform/oceanconnect/login.ts';
import { isTokenFight, tokenFight, tokenState } from '../../platform/oceanconnect/token.ts';
import type { StoredToken } from '../../platform/oceanconnect/token-store.ts';
import type { CallEvent } from '../../platform/transport/transport.ts';
import { createStoreCallLedger } from '../../store/platform/call-ledger.ts';
import { createStoredTokens } from '../../store/platform/token-store.ts';
import { clockTrouble } from '../watch-clock.ts';
import { checkBudget } from './check-budget.ts';
import { type CheckLine, failed } from './check-line.ts';
import type { SharedStore } from './check-store.ts';

/**
 * Reads one task, using the token and call budget of the bots on the same store. Logs in, as a bot would,
 * only if there is no usable token.
 */
export async function checkPlatform(
  config: Pick<Config, 'platform' | 'watch'>,
  store: SharedStore | null,
): Promise<readonly CheckLine[]> {
  const { platform: settings } = config;
  const now = Date.now;
  const calls: CallEvent[] = [];
  const kept = store === null ? null : await readToken(store, settings);
  const { callsPerMinute } = settings;
  const shared = kept === null ? null : store;
  try {
    const platform = createPlatform(settings, {
      ledger: shared
        ? createStoreCallLedger(shared.db, { now, callsPerMinute })
        : createMemoryCallLedger({ now, callsPerMinute }),
      ...(shared && { tokenStore: tokensOf(shared, settings) }),
      now,
      onCall: (event) => calls.push(event),
    });
    let budget: readonly CheckLine[];
    try {
      await readOne(platform);
      budget = await checkBudget(config, platform, shared);
    } finally {
      await platform.close();
    }
    return [outcome(settings, kept, calls), ...clock(calls), ...ownLogin(calls, shared !== null), ...budget];
  } catch (error) {
    return [failed('platform', error), ...clock(calls)];
  }
}

/** Retries once if the token dies at once: a third early death proves that another program logs in. */
async function readOne(platform: PlatformClient): Promise<void> {
  const read = () =>
    platform.listTasks({ pageNo: 0, pageSize: 1 }, { priority: 'interactive', person: null });
  try {
    await read();
  } catch (error) {
    if (!(error instanceof OperationalError) || error.code !== 'token-refused') throw error;
    await read();
  }
}

function outcome(
  { baseUrl }: Config['platform'],
  kept: KeptToken | null,
  calls: readonly CallEvent[],
): CheckLine {
  const token = kept?.token ?? null;
  // The bots keep logging in again, so our one read may succeed in between.
  if (token !== null && isTokenFight(token, Date.now())) return failed('platform', tokenFight());
  if (calls.some(({ call }) => call === 'login')) {
    return { ok: true, text: `platform: logged in at ${baseUrl} and read the task list` };
  }
  const age = token === null ? '' : `, ${formatDuration(Date.now() - token.obtainedAt)} old,`;
  return { ok: true, text: `platform: ${baseUrl} accepts the stored token${age} and the task list was read` };
}

function clock(calls: readonly CallEvent[]): readonly CheckLine[] {
  const known = calls.flatMap(({ clockAhead }) => (clockAhead === null ? [] : [clockAhead]));
  const trouble = known[0] === undefined ? null : clockTrouble('platform', known[0]);
  return trouble === null ? [] : [{ ok: false, text: `clock: ${trouble.problem} ${trouble.advice}` }];
}

function ownLogin(calls: readonly CallEvent[], shared: boolean): readonly CheckLine[] {
  if (shared || !calls.some(({ call }) => call === 'login')) return [];
  const text =
    'platform: without the store this check had to log in by itself; a bot that runs with this appId logs in again.';
  return [{ ok: true, text }];
}

function tokensOf({ db, exclusively }: SharedStore, { secret }: Config['platform']) {
  return createStoredTokens(db, secret, exclusively);
}

interface KeptToken {
  readonly token: StoredToken | null;
}

/** Null if the store cannot be read, for example because its schema is from another version. */
async function readToken(store: SharedStore, settings: Config['platform']): Promise<KeptToken | null> {
  try {
    const token = await tokensOf(store, settings).load();
    const ours = token?.owner === tokenOwner(settings) ? token : null;
    return {
      token:
        ours !== null && (tokenState(ours, Date.now()) === 'usable' || isTokenFight(ours, Date.now()))
          ? ours
          : null,
    };
  } catch {
    return null;
  }
}
