import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { Instant } from '../../src/lib/instant.ts';
import { type Behaviour, documentedBehaviour } from './behaviour.ts';
import { grantToken } from './calls/grant-token.ts';
import { createSimulatedClock, type SimulatedClock } from './clock.ts';
import { Fleet } from './fleet/fleet.ts';
import { seededRandom } from './fleet/random.ts';
import { CallLog, type CallName, type RecordedCall } from './server/call-log.ts';
import { Faults } from './server/faults.ts';
import { serve } from './server/serve.ts';
import { Throttle } from './server/throttle.ts';
import { Tokens } from './server/tokens.ts';
import type { World } from './world.ts';

export interface SimulatedPlatformOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Serves HTTPS with these (`key`, `cert`, and `ca` with `requestCert` for client certificates). */
  readonly tls?: ServerOptions;
  readonly appId?: string;
  readonly secret?: string;
  /** The fleet's time. Default: a clock that stands at the real now until it is moved. */
  readonly clock?: SimulatedClock;
  /** The time of token lives, throttling and `RecordedCall.at`. Default: real time, whatever the fleet's clock does. */
  readonly wallNow?: () => Instant;
  readonly behaviour?: Partial<Behaviour>;
  /** The same seed gives the same ids and the same fleet. Default 1. */
  readonly seed?: number;
}

export interface SimulatedPlatform {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly appId: string;
  readonly secret: string;
  readonly seed: number;
  readonly clock: SimulatedClock;
  readonly fleet: Fleet;
  /** Switches, to be turned at any time. */
  readonly behaviour: Behaviour;
  readonly faults: Faults;
  /** In the order of arrival. */
  readonly calls: readonly RecordedCall[];
  /** Every access and refresh token ever issued, dead ones too. */
  readonly issuedTokens: readonly string[];
  callsOf(name: CallName): RecordedCall[];
  clearCalls(): void;
  /** Another program logs in with this appId: the bot's token is dead. */
  logInElsewhere(): void;
  /** Another program of this appId spends so many calls of the budget now. */
  spendBudgetElsewhere(calls: number): void;
  /** All tokens die, as if they had expired. */
  forgetTokens(): void;
  /** Stops at once; what hangs or is delayed gets its connection closed. */
  close(): Promise<void>;
}

/** Starts a simulated platform on 127.0.0.1. */
export async function startSimulatedPlatform(
  options: SimulatedPlatformOptions = {},
): Promise<SimulatedPlatform> {
  const { appId = 'app-example', secret = 'secret-example&+1', seed = 1, tls } = options;
  const clock = options.clock ?? createSimulatedClock();
  const behaviour: Behaviour = { ...documentedBehaviour(), ...options.behaviour };
  const random = seededRandom(seed);
  const fleet = new Fleet({ clock, behaviour, random });
  // Tokens are not drawn from the seed: after a restart an old token must not be valid by coincidence.
  const tokens = new Tokens(randomUUID);
  const throttle = new Throttle();
  const wallNow = options.wallNow ?? Date.now;
  const world: World = { appId, secret, fleet, behaviour, tokens, throttle, random, wallNow };
  const faults = new Faults();
  const log = new CallLog();
  const closing = new AbortController();

  const listener = serve(world, faults, log, closing.signal);
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  // Longer than any client's, so that an idle connection is never closed under a call just being sent.
  server.keepAliveTimeout = 65_000;
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    appId,
    secret,
    seed,
    clock,
    fleet,
    behaviour,
    faults,
    calls: log.calls,
    issuedTokens: tokens.everIssued,
    callsOf: (name) => log.of(name),
    clearCalls: () => log.clear(),
    logInElsewhere() {
      grantToken(world, 'elsewhere');
    },
    spendBudgetElsewhere: (calls) => throttle.spend(wallNow(), calls),
    forgetTokens: () => tokens.forget(),
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
