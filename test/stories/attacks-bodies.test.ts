import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect } from '@jest/globals';
import { type BotProcess, portOf } from './harness/bot-process.ts';
import { type Story, story } from './harness/story.ts';

const REAL = { time: 'real' } as const;
const MB = 1024 * 1024;
const SENDERS = 100;

/** Resident memory of a process, in bytes. */
function memoryOf({ pid }: BotProcess): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1_024;
}

/** Begins a body without a signature that never ends: so many bytes of it, as far as they are taken. */
async function beginBody(port: number, headers: string, bytes: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  await once(socket, 'connect');
  socket.write(`POST /slack/events HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n\r\n`);
  const taken = new Promise<void>((resolve) => {
    socket.write(Buffer.alloc(bytes, 'x'), () => resolve());
    socket.once('close', () => resolve());
  });
  // What the other side does not read stays in the system's buffers, and is nobody's memory.
  await Promise.race([taken, once(socket, 'data').catch(() => undefined)]);
  return socket;
}

async function attack(s: Story, headers: string, bytes: number): Promise<number> {
  const bot = await s.runAndConnect();
  await bot.log.until(({ msg }) => msg === 'cycle', 'that a cycle ended');
  await s.people.ask('ana', 'failed');
  const before = memoryOf(bot);
  const port = await portOf(bot);
  const sockets: Socket[] = [];
  try {
    for (let n = 0; n < SENDERS; n += 1) sockets.push(await beginBody(port, headers, bytes));
    const grown = memoryOf(bot) - before;
    // People are answered meanwhile.
    expect((await s.people.ask('ana', 'failed')).text).toContain('op-1');
    return grown;
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

describe('a hundred senders of bodies without a signature that never end', () => {
  story(
    'which say that they are large: none is taken, and the memory stays as it is',
    async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
      const grown = await attack(s, `Content-Length: ${4 * MB}`, 4 * MB - 1_000);
      expect(grown).toBeLessThan(24 * MB);
    },
    REAL,
  );

  story(
    'of just the size that one may have: together they get no more than their room',
    async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
      const grown = await attack(s, `Content-Length: ${MB}`, MB - 1_000);
      expect(grown).toBeLessThan((64 + 24) * MB);
    },
    REAL,
  );

  story(
    'do not hold up an orderly stop',
    async (s) => {
      const bot = await s.runAndConnect();
      await bot.log.until(({ msg }) => msg === 'cycle', 'that a cycle ended');
      await beginBody(await portOf(bot), `Content-Length: ${MB}`, 1_000);
      bot.kill('SIGTERM');
      expect((await bot.ended).code).toBe(0);
      expect(bot.log.lines.map(({ msg }) => msg)).toContain('stopped');
    },
    REAL,
  );
});
