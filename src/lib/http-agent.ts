import { type buildConnector, type Dispatcher, EnvHttpProxyAgent } from 'undici';

/**
 * Milliseconds an idle connection is kept. Servers and anything in between also close idle ones, often silently (web
 * servers after 5 s or more, load balancers after a minute), and a request sent just then is lost. So we close first,
 * even if the server promises to keep them longer. Calls in quick succession still share one.
 */
const KEPT_IDLE = 4_000;

export interface HttpAgentOptions {
  readonly proxy: ProxySettings | null;
  /** TLS settings for the server itself; a proxy in between cannot see inside. */
  readonly connect?: buildConnector.BuildOptions;
  /** Bytes on the wire. */
  readonly maxResponseSize?: number;
}

/** Most former agents kept until their calls have ended. */
const MOST_BEFORE = 8;

/** Connections to any number of servers. */
export interface HttpAgent {
  /** The dispatcher for the next call. */
  dispatcher(): Dispatcher;
  /**
   * Stops using the connections on which a call broke off: if one was dropped silently, others probably were too.
   * Takes that call's dispatcher, so that many calls breaking off together cause one fresh start.
   */
  startAfresh(after: Dispatcher): void;
  /** Cuts all connections; calls in progress fail. */
  destroy(): Promise<void>;
}

/** Creates an agent with its own connections, through the configured proxies if there are any. */
export function createHttpAgent({ proxy, connect, maxResponseSize }: HttpAgentOptions): HttpAgent {
  const create = (): Dispatcher =>
    new EnvHttpProxyAgent({
      // The settings decide, not the process's environment.
      httpProxy: proxy?.http ?? '',
      httpsProxy: proxy?.https ?? '',
      noProxy: proxy?.except ?? '',
      keepAliveTimeout: KEPT_IDLE,
      keepAliveMaxTimeout: KEPT_IDLE,
      ...(connect && { connect, requestTls: connect }),
      ...(maxResponseSize !== undefined && { maxResponseSize }),
    });
  let current = create();
  let destroyed = false;
  // Not closed: undici cannot cut the calls of an agent that is closing. Idle connections end by themselves.
  const before: Dispatcher[] = [];
  return {
    dispatcher: () => current,
    startAfresh(after) {
      // Calls cut off by `destroy` break off as well.
      if (destroyed || after !== current) return;
      before.push(current);
      current = create();
      if (before.length > MOST_BEFORE) void before.shift()?.destroy();
    },
    async destroy() {
      destroyed = true;
      await Promise.all([current, ...before].map((agent) => agent.destroy()));
    },
  };
}

/** Outgoing proxies, as set in the environment. */
export interface ProxySettings {
  /** Addresses such as `http://proxy.example:3128`; empty: none. */
  readonly http: string;
  readonly https: string;
  /** Hosts reached without a proxy, in `NO_PROXY` format. */
  readonly except: string;
}
