import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { errorFields } from '../operational-error.ts';
import { HTTP_LIMITS, type HttpLimits } from './limits.ts';
import { pathOf } from './path-of.ts';
import { type BodyReading, createBodyReader } from './read-body.ts';

/** A page, such as `/healthz`. */
export interface Page {
  readonly path: string;
  /** Answers a GET request completely. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Handles requests with a body, which is read here, within limits, and passed on as `rawBody`. */
export interface Endpoint {
  readonly path: string;
  readonly listener: RequestListener;
}

export interface ServerSettings {
  readonly port: number;
  /** The address to listen on; null: all addresses of this machine. */
  readonly host: string | null;
  readonly pages: readonly Page[];
  /** Serves POST requests; null if Slack does not connect over HTTP. */
  readonly endpoint: Endpoint | null;
  readonly log: Logger;
}

export interface HttpServer {
  readonly port: number;
  /** Gives requests in progress a moment to finish, then closes what is left. */
  stop(): Promise<void>;
}

const REFUSALS = {
  'too-large': { status: 413, message: 'a body was larger than any of Slack; it was refused' },
  'no-room': { status: 503, message: 'too many bodies are unfinished at once; one was refused' },
} as const;

/**
 * The only HTTP server of a process: pages and Slack's requests. Anybody who knows the address can send anything, so
 * everything is limited before a signature can be checked.
 */
export async function startServer(
  settings: ServerSettings,
  limits: HttpLimits = HTTP_LIMITS,
): Promise<HttpServer> {
  const { endpoint, log } = settings;
  const pages = new Map(settings.pages.map(({ path, handle }) => [path, handle]));
  const readBody = createBodyReader(limits);
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request.url ?? '');
    if (path === null) return refuse(response, 400);
    const page = request.method === 'GET' ? pages.get(path) : undefined;
    if (page) return await page(request, response);
    if (request.method !== 'POST' || path !== endpoint?.path) return refuse(response, 404);
    const reading = await readBody(request);
    if (reading.kind === 'whole') return endpoint.listener(withBody(request, reading), response);
    if (reading.kind === 'broken-off') return void response.destroy();
    const { status, message } = REFUSALS[reading.kind];
    log.warn({ reason: reading.kind }, message);
    refuse(response, status);
  };
  const server = createServer({
    requestTimeout: limits.requestTime,
    headersTimeout: limits.requestTime,
    connectionsCheckingInterval: limits.checkEvery,
    keepAliveTimeout: limits.idleTime,
  });
  server.maxConnections = limits.connections;
  server.on('request', (request, response) => {
    serve(request, response).catch((error: unknown) => {
      log.error({ method: request.method, ...errorFields(error) }, 'a request could not be answered');
      if (response.headersSent) response.destroy();
      else refuse(response, 400);
    });
  });
  server.listen({ port: settings.port, ...(settings.host !== null && { host: settings.host }) });
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : settings.port,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const patience = new AbortController();
      const ended = closed.then(() => patience.abort());
      await pause(limits.stopTime, undefined, { signal: patience.signal }).catch(() => undefined);
      server.closeAllConnections();
      await ended;
    },
  };
}

/** Bolt takes the body from `rawBody` if it is set, and reads nothing more. */
function withBody(request: IncomingMessage, { body }: BodyReading & { kind: 'whole' }): IncomingMessage {
  return Object.assign(request, { rawBody: body });
}

/** Answers and closes the connection: the rest of an unread body would be taken for the next request. */
function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close' }).end();
}
