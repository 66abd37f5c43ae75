import type { Instant } from '../../src/lib/instant.ts';
import type { Behaviour } from './behaviour.ts';
import type { Fleet } from './fleet/fleet.ts';
import type { Random } from './fleet/random.ts';
import type { CallName } from './server/call-log.ts';
import type { Throttle } from './server/throttle.ts';
import type { Tokens } from './server/tokens.ts';

/** What the calls work on. */
export interface World {
  readonly appId: string;
  readonly secret: string;
  readonly fleet: Fleet;
  readonly behaviour: Behaviour;
  readonly tokens: Tokens;
  readonly throttle: Throttle;
  readonly random: Random;
  /** The time of token lives and throttling. */
  readonly wallNow: () => Instant;
}

/** One call, read off the wire. */
export interface IncomingCall {
  readonly name: CallName;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** The task or device id in the path; empty where the path has none. */
  readonly id: string;
}
