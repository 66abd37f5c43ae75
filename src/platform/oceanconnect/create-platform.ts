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
  /** Decides about every call, logins included. Shared by all users of the appId. */
  readonly ledger: CallLedger;
  readonly now: () => Instant;
  /** Called after every call made, with its outcome. */
  readonly onCall?: (event: CallEvent) => void;
  /** Called for every call that was not made, with its priority and the reason. */
  readonly onPutOff?: (call: PutOffCall) => void;
  /** Called with a description of each unreadable part of an otherwise usable answer. */
  readonly onUnreadable?: (what: string) => void;
  /** Where the token is kept. The default is memory, which suits a single process only. */
  readonly tokenStore?: TokenStore;
}

export interface PlatformClient extends Platform {
  /**
   * Logs in once to verify address, certificates, appId and secret. The new token replaces the stored one;
   * programs that do not share the token store lose theirs.
   */
  checkLogin(): Promise<void>;
  /** Closes all connections at once. Calls only read, so nothing is lost; pending ones throw CallAbortedError. */
  close(): Promise<void>;
}

/**
 * Connects to the platform over HTTP or HTTPS. Every failure is an OperationalError. Calls beyond the budget
 * are refused at once, with the time from which they would be granted. Throws an OperationalError if the
 * certificate files are unusable.
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
