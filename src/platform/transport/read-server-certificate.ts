import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity, connect } from 'node:tls';
import type { PlatformSettings } from './settings.ts';

/**
 * The certificate the platform shows, read by a handshake alone, which counts as no call. Null where there is no TLS, or no
 * trusted certificate to speak of: why, a call says better.
 */
export function readServerCertificate({
  baseUrl,
  tls,
  timeoutMs,
  proxy,
}: Pick<PlatformSettings, 'baseUrl' | 'tls' | 'timeoutMs' | 'proxy'>): Promise<X509Certificate | null> {
  const { protocol, hostname, port } = new URL(baseUrl);
  // A handshake of its own knows no proxy.
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
      // `on`: in TLS 1.3 a refusal of our certificate may still come after the handshake.
      socket.on('error', () => end(null));
      socket.once('timeout', () => end(null));
    } catch {
      // The certificate files cannot be used.
      resolve(null);
    }
  });
}
