import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Act } from '../contract.ts';
import { readAct } from './acts/read-act.ts';
import type { PageFile } from './bundle-client.ts';
import { whoAsks } from './who-asks.ts';

/** What the page's server serves. */
export interface Served {
  readonly port: () => number;
  readonly files: ReadonlyMap<string, PageFile>;
  /** Null when it went well, else a sentence for the person. */
  act(act: Act): Promise<string | null>;
  /** Whether there is such a person; then the response is theirs. */
  events(user: string, response: ServerResponse): boolean;
}

const LARGEST_BODY = 256 * 1024;

const SAFE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  // What the bot shows comes from a platform; nothing in it may load or send anything anywhere.
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
} as const;

/** `GET /` and the files it needs, `GET /events?user=`, `POST /act`. */
export function routes(served: Served): RequestListener {
  return (request, response) => {
    for (const [name, value] of Object.entries(SAFE)) response.setHeader(name, value);
    serve(served, request, response).catch((error: unknown) => {
      // A bug of the sandbox must show as one, not as a hanging page.
      if (response.headersSent) response.destroy();
      else say(response, 500, `The sandbox failed: ${String(error)}`);
    });
  };
}

async function serve(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page.invalid');
  const acts = request.method === 'POST';
  const asks = whoAsks(askingOf(request), served.port(), acts ? 'acts' : 'reads');
  if (asks !== 'page') return say(response, 403, 'Only the page of this sandbox may ask this server.');
  if (acts && pathname === '/act') return takeAct(served, request, response);
  if (request.method !== 'GET') return say(response, 405, 'There is nothing to do here.');
  if (pathname === '/events') {
    const user = searchParams.get('user') ?? '';
    if (!served.events(user, response)) say(response, 404, `Nobody here is called ${user}.`);
    return;
  }
  const file = served.files.get(pathname);
  if (file === undefined) return say(response, 404, 'There is no such page.');
  response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-store' }).end(file.body);
}

async function takeAct(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request);
  const read = body === null ? { problem: 'This is too large.' } : readAct(body);
  if ('problem' in read) return reply(response, 400, read.problem);
  reply(response, 200, await served.act(read.act));
}

function reply(response: ServerResponse, status: number, message: string | null): void {
  const body = JSON.stringify(message === null ? { ok: true } : { ok: false, message });
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(body);
}

function say(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}

function askingOf({ headers }: IncomingMessage) {
  const site = headers['sec-fetch-site'];
  return {
    host: headers.host,
    origin: headers.origin,
    site: typeof site === 'string' ? site : undefined,
  };
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    // Without an encoding set, a request's chunks are Buffers.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > LARGEST_BODY) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
