import type { ProxySettings } from '../../lib/http-agent.ts';

/** Contents of the TLS files, in PEM. The settings loader reads the files. */
export interface TlsSettings {
  /** If set, only these CAs are trusted, instead of the system's. */
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  readonly passphrase?: string;
  /** The name expected in the certificate and sent as SNI, instead of the host in the address. */
  readonly serverName?: string;
}

export interface PlatformSettings {
  /** For example `https://host:8743`; any path is prepended to every call. */
  readonly baseUrl: string;
  readonly appId: string;
  readonly secret: string;
  /** Limit for a whole call: connecting, sending and reading the answer. */
  readonly timeoutMs: number;
  /** Used only in messages; the ledger decides what is granted. */
  readonly callsPerMinute: number;
  readonly tls: TlsSettings;
  /** The proxies to use; null for none. */
  readonly proxy: ProxySettings | null;
}
