import type { Instant } from '../../src/lib/instant.ts';
import type { CallLedger } from '../../src/platform/budget/call-ledger.ts';
import { createMemoryCallLedger } from '../../src/platform/budget/memory-call-ledger.ts';
import { createPlatform, type PlatformClient } from '../../src/platform/oceanconnect/create-platform.ts';
import type { TokenStore } from '../../src/platform/oceanconnect/token-store.ts';
import type { Caller } from '../../src/platform/port.ts';
import type { PlatformSettings, TlsSettings } from '../../src/platform/transport/settings.ts';
import type { CallEvent } from '../../src/platform/transport/transport.ts';
import { type Answer, type Received, type Script, startScriptedServer } from './scripted-server.ts';

export const LOGIN_PATH = '/iocm/app/sec/v1.1.0/login';
export const APP_ID = 'app-example';
export const SECRET = 's&cr+t=of example';

export interface Clock {
  readonly now: () => Instant;
  advance(milliseconds: number): void;
}

export function createClock(): Clock {
  let instant = Date.UTC(2024, 2, 11, 6, 5, 2);
  return {
    now: () => instant,
    advance(milliseconds) {
      instant += milliseconds;
    },
  };
}

/** A platform of which only the newest token works; `calls` answers whatever comes with it. */
export interface TokenScript {
  readonly script: Script;
  logins(): number;
  /** What happens when another program logs in with the same appId. */
  loginElsewhere(): void;
}

export function newestTokenOnly(calls: Script, expiresIn: unknown = 3600): TokenScript {
  let logins = 0;
  let newest = '';
  return {
    script: (received) => {
      if (received.path === LOGIN_PATH) {
        logins += 1;
        newest = `at-${logins}`;
        return { json: { accessToken: newest, tokenType: 'bearer', expiresIn, scope: 'default' } };
      }
      return received.headers.authorization === `Bearer ${newest}` ? calls(received) : INVALID_TOKEN;
    },
    logins: () => logins,
    loginElsewhere() {
      newest = 'at-of-another-program';
    },
  };
}

export const INVALID_TOKEN: Answer = {
  status: 403,
  json: { resultcode: '1010005', resultmsg: 'Invalid access token or appId.' },
};
export const THROTTLED: Answer = {
  status: 403,
  json: { resultcode: '1010009', resultmsg: 'app throttle exceed.' },
};
export const EMPTY_PAGE: Answer = { json: { data: [], pageNo: 0, pageSize: 10, totalCount: 0 } };

/** Who calls. */
export const NOBODY = { priority: 'interactive', person: null } as const;
export const POLL = { priority: 'poll' } as const;
export const SWEEP = { priority: 'sweep' } as const;

export interface Bench {
  readonly platform: PlatformClient;
  /** That of `platform`; other clients have their own. */
  readonly ledger: CallLedger;
  readonly clock: Clock;
  readonly received: readonly Received[];
  readonly events: CallEvent[];
  readonly unreadable: string[];
  readonly baseUrl: string;
  /** Another client of the same server, such as another process would have. */
  another(changes?: { tokenStore?: TokenStore; settings?: Partial<PlatformSettings> }): PlatformClient;
  /** One small call, for nobody in particular unless it is said for whom. */
  ask(caller?: Caller, signal?: AbortSignal): Promise<unknown>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A client and a server that answers as the script says. */
export async function setUp(
  script: Script,
  options: { tokenStore?: TokenStore; settings?: Partial<PlatformSettings> } = {},
): Promise<Bench> {
  const server = await startScriptedServer(script);
  const clock = createClock();
  const events: CallEvent[] = [];
  const unreadable: string[] = [];
  const opened: PlatformClient[] = [];
  const baseUrl = `http://127.0.0.1:${server.port}`;
  const ledgerOf = ({ callsPerMinute }: PlatformSettings) =>
    createMemoryCallLedger({ now: clock.now, callsPerMinute });
  const connect = (settings: PlatformSettings, ledger: CallLedger, tokenStore?: TokenStore) => {
    const platform = createPlatform(settings, {
      ledger,
      now: clock.now,
      onCall: (event) => events.push(event),
      onUnreadable: (what) => unreadable.push(what),
      tokenStore,
    });
    opened.push(platform);
    return platform;
  };
  const ownSettings = settingsFor(baseUrl, options.settings);
  const ledger = ledgerOf(ownSettings);
  const platform = connect(ownSettings, ledger, options.tokenStore);
  return {
    platform,
    ledger,
    clock,
    received: server.received,
    events,
    unreadable,
    baseUrl,
    another(changes = {}) {
      const settings = settingsFor(baseUrl, { ...options.settings, ...changes.settings });
      return connect(settings, ledgerOf(settings), changes.tokenStore);
    },
    ask: (caller = NOBODY, signal) => platform.listTasks({ pageNo: 0, pageSize: 10 }, { ...caller, signal }),
    async [Symbol.asyncDispose]() {
      for (const client of opened) await client.close();
      await server.close();
    },
  };
}

export function settingsFor(
  baseUrl: string,
  changes: Partial<PlatformSettings> & { tls?: TlsSettings } = {},
): PlatformSettings {
  return {
    baseUrl,
    appId: APP_ID,
    secret: SECRET,
    timeoutMs: 5_000,
    callsPerMinute: 100,
    tls: {},
    proxy: null,
    ...changes,
  };
}
