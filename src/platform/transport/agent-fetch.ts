import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity, createSecureContext } from 'node:tls';
import { fetch } from 'undici';
import { createHttpAgent } from '../../lib/http-agent.ts';
import { limitBody } from './limit-body.ts';
import type { PlatformSettings } from './settings.ts';
import { tlsError } from './tls-failure.ts';

/**
 * Bytes, unpacked; larger than any page can be: 100 tasks with 256 device ids each are about 1 MB. Reading one of this size
 * takes some 60 ms, in which nobody else is answered.
 */
const LARGEST_ANSWER = 8 * 1024 * 1024;

export interface AgentFetch {
  fetch(request: Request): Promise<Response>;
  /** Cuts all connections; calls under way end with an error. */
  close(): Promise<void>;
}

/**
 * A fetch with connections of its own: kept alive for a while, verified against the given authority and name, showing the
 * given client certificate, through a proxy where one is set. Throws an OperationalError when the certificate files cannot be used at all.
 *
 * Agent and fetch come from the same undici. Node's built-in fetch is another version, and takes a foreign agent only as
 * long as the two happen to agree. For the same reason the request, which ky makes with Node's own class, is handed
 * over in its parts.
 */
export function createAgentFetch({
  tls,
  timeoutMs,
  proxy,
}: Pick<PlatformSettings, 'tls' | 'timeoutMs' | 'proxy'>): AgentFetch {
  const { ca, cert, key, passphrase } = tls;
  try {
    // The secure context takes an authority without any certificate in it for one that trusts nobody.
    if (ca !== undefined) new X509Certificate(ca);
    createSecureContext({ ca, cert, key, passphrase });
  } catch (cause) {
    throw tlsError('unusable-files', cause);
  }
  const agent = createHttpAgent({
    proxy,
    connect: { ca, cert, key, passphrase, timeout: timeoutMs, ...serverIdentity(tls.serverName) },
    maxResponseSize: LARGEST_ANSWER,
  });
  return {
    async fetch(request) {
      const { url, method, signal, redirect } = request;
      const body = request.body === null ? null : await request.text();
      const headers = [...request.headers];
      const dispatcher = agent.dispatcher();
      const sent = fetch(url, { method, headers, body, signal, redirect, dispatcher });
      const response = await sent.catch((error: unknown) => {
        if (!signal.aborted) agent.startAfresh(dispatcher);
        throw error;
      });
      const { status, statusText } = response;
      // The two versions of undici describe the same standard stream; their types differ in details nobody here uses.
      const answer = response.body as ReadableStream<Uint8Array> | null;
      const limited = answer === null ? null : limitBody(answer, LARGEST_ANSWER);
      return new Response(limited, { status, statusText, headers: [...response.headers] });
    },
    close: agent.destroy,
  };
}

/** The name the certificate is held against. An IP address may be checked but must not be sent as SNI (RFC 6066). */
function serverIdentity(serverName: string | undefined) {
  if (serverName === undefined) return {};
  if (isIP(serverName) === 0) return { servername: serverName };
  const verify: typeof checkServerIdentity = (_host, certificate) =>
    checkServerIdentity(serverName, certificate);
  return { checkServerIdentity: verify };
}
