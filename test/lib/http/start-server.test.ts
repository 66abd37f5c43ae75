import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { HTTP_LIMITS, type HttpLimits } from '../../../src/lib/http/limits.ts';
import { type HttpServer, startServer } from '../../../src/lib/http/start-server.ts';

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

async function serve(limits: Partial<HttpLimits> = {}): Promise<{ server: HttpServer; bodies: string[] }> {
  const bodies: string[] = [];
  const server = await startServer(
    {
      port: 0,
      host: '127.0.0.1',
      pages: [{ path: '/metrics', handle: async (_, response) => void response.end('figures') }],
      endpoint: {
        path: '/slack/events',
        listener(incoming, response) {
          // What Bolt takes as the body that was read already.
          bodies.push(String((incoming as typeof incoming & { rawBody: Buffer }).rawBody));
          response.writeHead(200).end('ok');
        },
      },
      log: pino({ level: 'silent' }),
    },
    { ...HTTP_LIMITS, checkEvery: 20, ...limits },
  );
  toClose.push(() => server.stop());
  return { server, bodies };
}

/** A connection of its own, and everything that came over it until it ended. */
function dial({ port }: HttpServer): { socket: Socket; heard: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  toClose.push(() => socket.destroy());
  return { socket, heard: text(socket).catch(() => 'cut') };
}

const head = (target: string, method = 'GET', headers = '') =>
  `${method} ${target} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
const post = (headers: string) => head('/slack/events', 'POST', headers);

async function ask(server: HttpServer, target: string, method = 'GET'): Promise<string> {
  const { socket, heard } = dial(server);
  socket.write(head(target, method, 'Connection: close\r\n'));
  return (await heard).split('\r\n')[0] ?? '';
}

describe('what is asked for', () => {
  test('pages and the endpoint are found by their exact names', async () => {
    const { server } = await serve();
    expect(await ask(server, '/metrics?now')).toBe('HTTP/1.1 200 OK');
    expect(await ask(server, '/METRICS')).toBe('HTTP/1.1 404 Not Found');
    expect(await ask(server, '/metrics/')).toBe('HTTP/1.1 404 Not Found');
    expect(await ask(server, '/slack/events')).toBe('HTTP/1.1 404 Not Found');
    expect(await ask(server, '/metrics', 'POST')).toBe('HTTP/1.1 404 Not Found');
  });

  test.each(['/slack/../metrics', '/slack/%2e%2e/metrics', '/slack\\..\\metrics', '//metrics', '//', '//['])(
    'a way around a proxy is refused: %s',
    async (target) => {
      const { server } = await serve();
      expect(await ask(server, target)).toBe('HTTP/1.1 400 Bad Request');
      expect(await ask(server, target, 'POST')).toBe('HTTP/1.1 400 Bad Request');
    },
  );
});

describe('bodies', () => {
  test('reach the endpoint whole, however they are cut', async () => {
    const { server, bodies } = await serve();
    const { socket, heard } = dial(server);
    socket.write(post('Transfer-Encoding: chunked\r\nConnection: close\r\n'));
    for (const part of ['3\r\nabc\r\n', '2\r\nde\r\n', '0\r\n\r\n']) socket.write(part);
    expect(await heard).toMatch(/^HTTP\/1\.1 200 /);
    expect(bodies).toEqual(['abcde']);
  });

  test('of a size that is said to be too large are refused at once, and the connection is closed', async () => {
    const { server, bodies } = await serve({ body: 10 });
    const { socket, heard } = dial(server);
    socket.write(post('Content-Length: 11\r\n'));
    expect(await heard).toMatch(/^HTTP\/1\.1 413 .*\r\nconnection: close/is);
    expect(bodies).toEqual([]);
  });

  test('that grow too large without saying so are refused as well', async () => {
    const { server, bodies } = await serve({ body: 10 });
    const { socket, heard } = dial(server);
    socket.write(`${post('Transfer-Encoding: chunked\r\n')}b\r\n01234567890\r\n`);
    expect(await heard).toMatch(/^HTTP\/1\.1 413 .*\r\nconnection: close/is);
    expect(bodies).toEqual([]);
  });

  test('after a refusal the next request of the same client is answered, on a connection of its own', async () => {
    const { server } = await serve({ body: 10 });
    const agent = new Agent({ keepAlive: true });
    toClose.push(() => agent.destroy());
    const send = async (body: string) => {
      const options = { port: server.port, host: '127.0.0.1', path: '/slack/events', method: 'POST', agent };
      const sending = request(options);
      sending.end(body);
      const [answer] = await once(sending, 'response');
      answer.resume();
      await once(answer, 'close');
      return answer.statusCode;
    };
    expect(await send('far too long a body')).toBe(413);
    expect(await send('short')).toBe(200);
  });

  test('that are unfinished have only so much room together; what is finished makes room again', async () => {
    const { server, bodies } = await serve({ body: 100, unfinished: 100 });
    const slow = dial(server);
    slow.socket.write(`${post('Content-Length: 80\r\nConnection: close\r\n')}${'x'.repeat(70)}`);
    await ask(server, '/metrics');
    const refused = dial(server);
    refused.socket.write(`${post('Content-Length: 60\r\n')}${'y'.repeat(40)}`);
    expect(await refused.heard).toMatch(/^HTTP\/1\.1 503 .*\r\nconnection: close/is);
    slow.socket.write('x'.repeat(10));
    expect(await slow.heard).toMatch(/^HTTP\/1\.1 200 /);
    const next = dial(server);
    next.socket.write(`${post('Content-Length: 90\r\nConnection: close\r\n')}${'z'.repeat(90)}`);
    expect(await next.heard).toMatch(/^HTTP\/1\.1 200 /);
    expect(bodies).toEqual(['x'.repeat(80), 'z'.repeat(90)]);
  });

  test('that are given up by their sender take no room', async () => {
    const { server } = await serve({ body: 100, unfinished: 100 });
    for (let turn = 0; turn < 3; turn += 1) {
      const { socket } = dial(server);
      socket.write(`${post('Content-Length: 80\r\n')}${'x'.repeat(70)}`);
      await ask(server, '/metrics');
      socket.destroy();
      await once(socket, 'close');
    }
    const next = dial(server);
    next.socket.write(`${post('Content-Length: 90\r\nConnection: close\r\n')}${'z'.repeat(90)}`);
    expect(await next.heard).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('connections on which too little comes', () => {
  test.each([
    ['nothing at all', ''],
    ['half a request line', 'POST /slack/ev'],
    ['headers that never end', 'POST /slack/events HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n'],
    ['a body that never ends', `${post('Content-Length: 80\r\n')}xyz`],
    ['the unread body of a page', `${head('/metrics', 'GET', 'Content-Length: 80\r\n')}xyz`],
  ])('%s: closed', async (_name, sent) => {
    const { server } = await serve({ requestTime: 100 });
    const { socket, heard } = dial(server);
    if (sent !== '') socket.write(sent);
    await heard;
    expect(socket.destroyed).toBe(true);
  });

  test('are only so many', async () => {
    const { server } = await serve({ connections: 2 });
    const [first, second] = [dial(server), dial(server)];
    for (const { socket } of [first, second]) {
      socket.write('GET /metr');
      await once(socket, 'connect').catch(() => undefined);
    }
    expect(await ask(server, '/metrics')).not.toMatch(/^HTTP/);
    first.socket.destroy();
    await once(first.socket, 'close');
    let answer = '';
    while (!answer.startsWith('HTTP')) answer = await ask(server, '/metrics');
    expect(answer).toBe('HTTP/1.1 200 OK');
  });
});

test('an orderly stop closes what does not end by itself', async () => {
  const { server } = await serve({ stopTime: 50 });
  const { socket, heard } = dial(server);
  socket.write(`${post('Content-Length: 80\r\n')}xyz`);
  await ask(server, '/metrics');
  await server.stop();
  await heard;
  expect(socket.destroyed).toBe(true);
});
