/** The proxies on the way out, as the environment names them. */
export interface ProxySettings {
  /** Addresses such as `http://proxy.example:3128`; empty: none. */
  readonly http: string;
  readonly https: string;
  /** Hosts that are reached without, in the form of `NO_PROXY`. */
  readonly except: string;
}
