import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The server name the client asked for, in TLS. */
  readonly serverName: string | null;
  /** Which connection the call came by, to see whether connections are kept. */
  readonly clientPort: number;
}

/** `json`, `text` and `bytes` are bodies; `hang` never answers, `reset` tears the connection down, `half` stops in the body. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly json?: unknown;
  readonly text?: string;
  readonly bytes?: Buffer;
  readonly fault?: 'hang' | 'reset' | 'half';
}

export type Script = (received: Received) => Answer | Promise<Answer>;

export interface ScriptedServer {
  readonly port: number;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** A real server on the loopback address that answers as the script says and remembers what it was asked. */
export async function startScriptedServer(script: Script, tls?: ServerOptions): Promise<ScriptedServer> {
  const received: Received[] = [];
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = await read(request);
    received.push(asked);
    send(await script(asked), response, tls !== undefined);
  };
  const server = tls === undefined ? createHttpServer(listener) : createHttpsServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP address was expected');
  return {
    port: address.port,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Received> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  // On a TLS server each socket is a TLSSocket; on a plain one the member is simply missing.
  const { servername } = request.socket as Partial<TLSSocket>;
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString(),
    serverName: typeof servername === 'string' ? servername : null,
    clientPort: request.socket.remotePort ?? 0,
  };
}

function send(answer: Answer, response: ServerResponse, encrypted: boolean): void {
  const text = answer.text ?? (answer.json === undefined ? '' : JSON.stringify(answer.json));
  switch (answer.fault) {
    case 'hang':
      return;
    case 'reset':
      // A TLS socket cannot be reset, only closed without a word.
      if (encrypted) response.socket?.destroy();
      else response.socket?.resetAndDestroy();
      return;
    case 'half':
      response.writeHead(answer.status ?? 200, { 'Content-Length': String(text.length * 2) });
      response.write(text, () => response.socket?.destroy());
      return;
    default:
      response.writeHead(answer.status ?? 200, { 'Content-Type': 'application/json', ...answer.headers });
      response.end(answer.bytes ?? text);
  }
}
