import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '../../../src/lib/instant.ts';
import type { World } from '../world.ts';
import { answerCall } from './answer-call.ts';
import { type CallLog, keptHeaders, type OpenCall } from './call-log.ts';
import type { Faults } from './faults.ts';
import { htmlReply, jsonReply, type Reply, replyUnder } from './reply.ts';
import { type Route, routeOf } from './route.ts';

const LARGEST_BODY = 64 * 1024;

/** The request listener: writes the call down, lets the faults befall it, answers it. */
export function serve(world: World, faults: Faults, log: CallLog, closing: AbortSignal): RequestListener {
  return (request, response) => {
    const address = new URL(request.url ?? '/', 'http://platform.invalid');
    const method = request.method ?? 'GET';
    const route = routeOf(method, address.pathname);
    const open = log.open({
      name: route.name,
      at: world.wallNow(),
      fleetTime: world.fleet.now(),
      method,
      path: address.pathname,
      query: Object.fromEntries(address.searchParams),
      headers: keptHeaders(request.headers),
    });
    answer(request, route, address.searchParams, world, faults, closing)
      .then((reply) =>
        send(reply, response, open, world.wallNow() + world.behaviour.dateAheadSeconds * 1_000),
      )
      // Only a caller that hangs up, or the closing of the platform, ends here: nobody is left to be answered.
      .catch(() => response.destroy());
  };
}

async function answer(
  request: IncomingMessage,
  route: Route,
  query: URLSearchParams,
  world: World,
  faults: Faults,
  closing: AbortSignal,
): Promise<Reply | null> {
  const mishap = faults.befalling(route.name);
  const body = await bodyOf(request);
  if (mishap.delayMs > 0) await pause(mishap.delayMs, undefined, { signal: closing });
  if (mishap.released !== null) await orAborted(mishap.released, closing);
  const { name, id } = route;
  return replyUnder(mishap.fault, () =>
    name === 'unknown'
      ? htmlReply(404)
      : jsonReply(answerCall({ name, id, query, headers: request.headers, body }, world)),
  );
}

function send(reply: Reply | null, response: ServerResponse, open: OpenCall, date: Instant): void {
  if (reply === null) {
    response.destroy();
    return;
  }
  open.answered(reply.status, reply.errorCode);
  response.setHeader('date', new Date(date).toUTCString());
  if (reply.contentType !== null) response.setHeader('content-type', reply.contentType);
  response.writeHead(reply.status).end(reply.body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    // Without an encoding set, a request's chunks are Buffers.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > LARGEST_BODY) throw new Error('The body is too large.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function orAborted(released: Promise<void>, closing: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error('The platform is closing.'));
    if (closing.aborted) fail();
    closing.addEventListener('abort', fail, { once: true });
    released.then(() => {
      closing.removeEventListener('abort', fail);
      resolve();
    }, reject);
  });
}
