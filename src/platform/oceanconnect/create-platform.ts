import type { Instant } from '../../lib/instant.ts';
import type { CallLedger } from '../budget/call-ledger.ts';
import type { Platform } from '../port.ts';
import { createAgentFetch } from '../transport/agent-fetch.ts';
import type { PlatformSettings } from '../transport/settings.ts';
import { type CallEvent, createTransport, type PutOffCall } from '../transport/transport.ts';
import { createAuthorisedCalls } from './authorised-calls.ts';
import { type CallParts, getDevice, getTask, listDeviceResults, listTasks } from './calls.ts';
import { login, tokenOwner } from './login.ts';
import { createTokenKeeper } from './token-keeper.ts';
import { createMemoryTokenStore, type TokenStore } from './token-store.ts';

export interface PlatformParts {
  /** Decides about every call, logins included; shared by all that use the same appId. */
  readonly ledger: CallLedger;
  readonly now: () => Instant;
  /** Told about every call that was made, by what it ended with. */
  readonly onCall?: (event: CallEvent) => void;
  /** Told about every call that was not made, by who it was for and why. */
  readonly onPutOff?: (call: PutOffCall) => void;
  /** Told in words what could not be read of an answer that was otherwise usable. */
  readonly onUnreadable?: (what: string) => void;
  /** Where the token lives; in memory when left out, which suits one process only. */
  readonly tokenStore?: TokenStore;
}

export interface PlatformClient extends Platform {
  /**
   * Logs in once, to prove address, certificates, appId and secret. The new token replaces the one in the token store;
   * programs that do not share that store lose theirs.
   */
  checkLogin(): Promise<void>;
  /** Cuts all connections at once: these are reading calls, so nothing is lost. Calls under way end as CallAbortedError. */
  close(): Promise<void>;
}

/**
 * The platform over HTTP or HTTPS. Every failure is an OperationalError; a call the budget has no room for is refused at
 * once with the moment from which it would be made. Throws one when the certificate files cannot be used.
 */
export function createPlatform(settings: PlatformSettings, parts: PlatformParts): PlatformClient {
  const { ledger, now } = parts;
  const connection = createAgentFetch(settings);
  const { onCall = () => {}, onPutOff = () => {} } = parts;
  const send = createTransport({ settings, connection, ledger, now, onCall, onPutOff });
  const tokens = createTokenKeeper({
    owner: tokenOwner(settings),
    store: parts.tokenStore ?? createMemoryTokenStore(),
    login: (caller) => login({ settings, send, now }, caller),
    now,
  });
  const calls: CallParts = {
    send: createAuthorisedCalls({ appId: settings.appId, tokens, send }),
    onUnreadable: parts.onUnreadable ?? (() => {}),
  };
  return {
    listTasks: (query, options) => listTasks(calls, query, options),
    getTask: (operationId, options) => getTask(calls, operationId, options),
    listDeviceResults: (operationId, query, options) => listDeviceResults(calls, operationId, query, options),
    getDevice: (deviceId, options) => getDevice(calls, deviceId, options),
    checkLogin: () => tokens.renew({ priority: 'interactive', person: null }),
    close: () => connection.close(),
  };
}
