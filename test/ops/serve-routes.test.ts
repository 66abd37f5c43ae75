import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { serveRoutes } from '../../src/ops/serve-routes.ts';

const HELLO = { status: 200, type: 'text/plain', body: 'hello' };

test.each([
  ['a route', '/hello?now', '200'],
  ['no route', '/', '404'],
  ['no address at all', '//', '404'],
  ['a port that is none', 'http://a:99999/', '404'],
])('a request for %s is answered', async (_name, target, status) => {
  const served = await serveRoutes([{ path: '/hello', answer: async () => HELLO }], 0);
  try {
    const socket = connect(served.port, '127.0.0.1');
    socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    socket.destroy();
  } finally {
    await served.stop();
  }
});
