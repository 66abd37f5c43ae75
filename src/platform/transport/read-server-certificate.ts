import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity, connect } from 'node:tls';
import type { PlatformSettings } from './settings.ts';

/**
 * Reads the platform's certificate with a TLS handshake only, which does not count as a call. Null without
 * TLS, behind a proxy, or if there is no trusted certificate; an actual call reports the reason better.
 */
export function readServerCertificate({
  baseUrl,
  tls,
  timeoutMs,
  proxy,
}: Pick<PlatformSettings, 'baseUrl' | 'tls' | 'timeoutMs' | 'proxy'>): Promise<X509Certificate | null> {
  const { protocol, hostname, port } = new URL(baseUrl);
  // This direct handshake cannot go through a proxy.
  if (protocol !== 'https:' || proxy !== null) return Promise.resolve(null);
  const host = hostname.replace(/^\[|\]$/g, '');
  const name = tls.serverName ?? host;
  const { ca, cert, key, passphrase } = tls;
  return new Promise((resolve) => {
    try {
      const socket = connect({
        host,
        port: Number(port || 443),
        ca,
        cert,
        key,
        passphrase,
        timeout: timeoutMs,
        ...(isIP(name) === 0 && { servername: name }),
        checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
      });
      const end = (certificate: X509Certificate | null) => {
        resolve(certificate);
        socket.destroy();
      };
      socket.once('secureConnect', () => end(socket.getPeerX509Certificate() ?? null));
      // `on`, not `once`: in TLS 1.3 our certificate may still be rejected after the handshake.
      socket.on('error', () => end(null));
      socket.once('timeout', () => end(null));
    } catch {
      // The certificate files are unusable.
      resolve(null);
    }
  });
}
