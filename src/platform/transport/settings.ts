import type { ProxySettings } from '../../lib/http-agent.ts';

/** The contents of the TLS files, in PEM. Whoever reads the settings reads the files. */
export interface TlsSettings {
  /** When set, only these authorities are trusted, not those of the machine. */
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  readonly passphrase?: string;
  /** The name the certificate must carry, and that is asked for (SNI), instead of the host in the address. */
  readonly serverName?: string;
}

export interface PlatformSettings {
  /** Such as `https://host:8743`; a path in it is kept in front of every call. */
  readonly baseUrl: string;
  readonly appId: string;
  readonly secret: string;
  /** For one call in all: connecting, sending and reading its answer. */
  readonly timeoutMs: number;
  /** Named in messages; what is granted is decided by the ledger. */
  readonly callsPerMinute: number;
  readonly tls: TlsSettings;
  /** The proxies on the way; null: none. */
  readonly proxy: ProxySettings | null;
}
