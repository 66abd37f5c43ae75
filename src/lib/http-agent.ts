import { type buildConnector, type Dispatcher, EnvHttpProxyAgent } from 'undici';

/**
 * How long a connection on which nothing comes is kept. Milliseconds. Whoever is on the other side, or between, closes idle
 * ones as well, often without a word (web servers after 5 s and more, load balancers after a minute): what is sent on one
 * just then is lost. So we give them up first, also where the other side promises to keep them longer. Calls that follow
 * each other closely share one all the same.
 */
const KEPT_IDLE = 4_000;

export interface HttpAgentOptions {
  readonly proxy: ProxySettings | null;
  /** TLS towards the server itself, which a proxy on the way does not see into. */
  readonly connect?: buildConnector.BuildOptions;
  /** Bytes on the wire. */
  readonly maxResponseSize?: number;
}

/** Agents of before that are kept until their calls have ended. */
const MOST_BEFORE = 8;

/** Connections to any number of servers. */
export interface HttpAgent {
  /** What the next call goes by. */
  dispatcher(): Dispatcher;
  /**
   * No call uses the connections a call broke off on any more: where one was given up without a word, others are likely to
   * be. Names what that call went by, so that many which break off together lead to one new beginning.
   */
  startAfresh(after: Dispatcher): void;
  /** Cuts all connections; calls under way end with an error. */
  destroy(): Promise<void>;
}

/** Connections of one's own, through the proxies of the environment where there are any. */
export function createHttpAgent({ proxy, connect, maxResponseSize }: HttpAgentOptions): HttpAgent {
  const create = (): Dispatcher =>
    new EnvHttpProxyAgent({
      // Not from the process's environment: the settings decide.
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
  // They are not closed: undici cannot cut the calls of an agent that is closing. Idle, their connections end by themselves.
  const before: Dispatcher[] = [];
  return {
    dispatcher: () => current,
    startAfresh(after) {
      // A call that is cut off by the end breaks off as well.
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

/** The proxies on the way out, as the environment names them. */
export interface ProxySettings {
  /** Addresses such as `http://proxy.example:3128`; empty: none. */
  readonly http: string;
  readonly https: string;
  /** Hosts that are reached without, in the form of `NO_PROXY`. */
  readonly except: string;
}
