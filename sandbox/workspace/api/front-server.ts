import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiAnswer, Core } from '../core.ts';
import { limited, refusal } from '../core.ts';
import type { JsonObject } from '../json.ts';
import { asObject, asString, parseJson } from '../json.ts';
import { answerCall, grantedScopes } from './api.ts';
import { respond } from './respond.ts';
import { isSocketPath } from './sockets.ts';

/** The HTTP side: `/api/<method>`, `/response/<id>` and Socket Mode upgrades. */
export function createFront(core: Core): Server {
  const server = createServer((request, response) => {
    serve(core, request, response).catch((error: unknown) => {
      // A bug of the sandbox must show as one, not as a hanging call of the bot.
      if (response.headersSent || response.destroyed) return;
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`sandbox failed: ${String(error)}`);
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (!isSocketPath(request.url ?? '')) return socket.destroy();
    const taken = core.faults.take('socket');
    if (taken === null) return core.sockets.accept(request, socket, head);
    core.journal.changed();
    // Whoever gives up waiting cuts the connection, which is no error of ours.
    socket.on('error', () => {});
    socket.resume().once('end', () => socket.destroy());
    if (taken.fault.kind === 'hang') void taken.ended().then(() => socket.destroy());
    else socket.destroy();
  });
  return server;
}

async function serve(core: Core, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const body = await text(request);
  const [, place, name = ''] = url.pathname.split('/');
  if (place === 'api' && name !== '') {
    const params = {
      ...Object.fromEntries(url.searchParams),
      ...parseBody(request.headers['content-type'] ?? '', body),
    };
    const { token: _token, ...logged } = params;
    const token = tokenOf(request, params);
    const answer = () => answerCall(core, name, logged, token);
    return finish(core, request, response, name, logged, answer);
  }
  if (place === 'response' && name !== '') {
    const message = parseJson(body);
    const invalid: ApiAnswer = { status: 400, body: { ok: false, error: 'invalid_payload' } };
    const answer = () =>
      message === undefined ? Promise.resolve(invalid) : respond(core, name, asObject(message));
    return finish(core, request, response, 'response_url', asObject(message), answer);
  }
  response.writeHead(404, { 'content-type': 'text/plain' }).end('no such place in the sandbox');
}

/** Applies the fault that hits this call, answers, and writes the call down. */
async function finish(
  core: Core,
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
  params: JsonObject,
  work: () => Promise<ApiAnswer>,
): Promise<void> {
  const taken = core.faults.take(method);
  const fault = taken?.fault.kind ?? null;
  // Whoever waits for a call to run into a fault looks at what remains of it.
  if (taken) core.journal.changed();
  const answer = await underFault(taken, work);
  if (answer === 'cut') {
    core.journal.addCall({ method, status: 0, ok: false, error: null, params, fault });
    request.socket.destroy();
    return;
  }
  const ok = answer.body.ok === true;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-oauth-scopes': grantedScopes(core).join(','),
    date: new Date(core.settings.now()).toUTCString(),
    ...answer.headers,
  };
  response.writeHead(answer.status, headers).end(JSON.stringify(answer.body));
  const error = ok ? null : asString(answer.body.error) || `http_${answer.status}`;
  core.journal.addCall({ method, status: answer.status, ok, error, params, fault });
}

async function underFault(
  taken: ReturnType<Core['faults']['take']>,
  work: () => Promise<ApiAnswer>,
): Promise<ApiAnswer | 'cut'> {
  if (!taken) return work();
  const { fault } = taken;
  switch (fault.kind) {
    case 'refuse-connection':
    case 'reset-before':
      return 'cut';
    case 'lost-answer':
      await work();
      return 'cut';
    case 'error':
      return refusal(fault.error);
    case 'status':
      return { status: fault.status, body: {} };
    case 'rate-limit':
      return limited(fault.retryAfter);
    case 'delay':
      await pause(fault.milliseconds);
      return work();
    case 'hang':
      await taken.ended();
      return 'cut';
  }
}

function parseBody(contentType: string, body: string): JsonObject {
  if (contentType.includes('json')) return asObject(parseJson(body));
  return Object.fromEntries(new URLSearchParams(body));
}

function tokenOf(request: IncomingMessage, params: JsonObject): string {
  const header = request.headers.authorization ?? '';
  return header.replace(/^Bearer\s+/i, '').trim() || asString(params.token);
}
