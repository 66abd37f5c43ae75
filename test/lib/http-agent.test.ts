import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { fetch } from 'undici';
import { createHttpAgent } from '../../src/lib/http-agent.ts';

test('an idle connection is given up, though the other side promises to keep it for an hour', async () => {
  const sockets: Socket[] = [];
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Keep-Alive': 'timeout=3600' }).end('ok');
  });
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP address was expected');
  const agent = createHttpAgent({ proxy: null });
  const ask = async () => {
    const answer = await fetch(`http://127.0.0.1:${address.port}/`, { dispatcher: agent.dispatcher() });
    return await answer.text();
  };
  try {
    expect(await ask()).toBe('ok');
    const [first] = sockets;
    if (first === undefined) throw new Error('nobody connected');
    // Of itself the server would never close it.
    await once(first, 'close');
    expect(sockets).toHaveLength(1);
    expect(await ask()).toBe('ok');
    expect(sockets).toHaveLength(2);
  } finally {
    await agent.destroy();
    server.closeAllConnections();
    server.close();
  }
});

test('it may be destroyed at any moment, and cuts what is under way on connections of before as well', async () => {
  const agent = createHttpAgent({ proxy: null });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP address was expected');
  const before = agent.dispatcher();
  const arrived = once(server, 'request');
  // Nobody answers.
  const outcome = fetch(`http://127.0.0.1:${address.port}/`, { dispatcher: before }).catch(() => 'cut');
  await arrived;
  agent.startAfresh(before);
  const fresh = agent.dispatcher();
  expect(fresh).not.toBe(before);
  // Another call that broke off with the first one.
  agent.startAfresh(before);
  expect(agent.dispatcher()).toBe(fresh);
  await agent.destroy();
  agent.startAfresh(fresh);
  expect(await outcome).toBe('cut');
  server.closeAllConnections();
  server.close();
});
