import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity, createSecureContext } from 'node:tls';
import { fetch } from 'undici';
import { createHttpAgent } from '../../lib/http-agent.ts';
import { limitBody } from './limit-body.ts';
import type { PlatformSettings } from './settings.ts';
import { tlsError } from './tls-failure.ts';

/**
 * In decompressed bytes. No page is this large: 100 tasks with 256 device ids each take about 1 MB. Parsing
 * an answer of this size takes about 60 ms, during which the event loop is blocked.
 */
const LARGEST_ANSWER = 8 * 1024 * 1024;

export interface AgentFetch {
  fetch(request: Request): Promise<Response>;
  /** Closes all connections at once. Calls in progress fail. */
  close(): Promise<void>;
}

/**
 * A fetch with its own keep-alive connections. It verifies the server against the given CA and name, presents
 * the client certificate, and uses a proxy if one is set. Throws an OperationalError for unusable TLS files.
 *
 * Agent and fetch come from the same undici: Node's built-in fetch is another version and works with a
 * foreign agent only by coincidence. For the same reason ky's request, a Node class, is passed on in parts.
 */
export function createAgentFetch({
  tls,
  timeoutMs,
  proxy,
}: Pick<PlatformSettings, 'tls' | 'timeoutMs' | 'proxy'>): AgentFetch {
  const { ca, cert, key, passphrase } = tls;
  try {
    // `createSecureContext` accepts a CA file without any certificate, and would then trust no server.
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
      // Both undici versions use the same standard stream; their types differ only in details we do not use.
      const answer = response.body as ReadableStream<Uint8Array> | null;
      const limited = answer === null ? null : limitBody(answer, LARGEST_ANSWER);
      return new Response(limited, { status, statusText, headers: [...response.headers] });
    },
    close: agent.destroy,
  };
}

/** Sets the name the certificate must match. An IP address may be checked but not sent as SNI (RFC 6066). */
function serverIdentity(serverName: string | undefined) {
  if (serverName === undefined) return {};
  if (isIP(serverName) === 0) return { servername: serverName };
  const verify: typeof checkServerIdentity = (_host, certificate) =>
    checkServerIdentity(serverName, certificate);
  return { checkServerIdentity: verify };
}
