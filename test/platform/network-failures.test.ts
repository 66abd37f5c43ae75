import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { createPlatform } from '../../src/platform/create-platform.ts';
import { createMemoryCallLedger } from '../../src/platform/memory-call-ledger.ts';
import type { PlatformSettings } from '../../src/platform/settings.ts';
import { startRawServer } from './raw-server.ts';
import { startScriptedServer } from './scripted-server.ts';
import { createClock, newestTokenOnly, SECRET, settingsFor, setUp } from './set-up.ts';

async function loginAt(baseUrl: string, changes: Partial<PlatformSettings> = {}): Promise<void> {
  const { now } = createClock();
  const ledger = createMemoryCallLedger({ now, callsPerMinute: 100 });
  const platform = createPlatform(settingsFor(baseUrl, changes), { ledger, now });
  try {
    await platform.checkLogin();
  } finally {
    await platform.close();
  }
}

describe('a platform that cannot be reached', () => {
  test('nothing listens there', async () => {
    const server = await startScriptedServer(() => ({}));
    await server.close();
    await expect(loginAt(`http://127.0.0.1:${server.port}`)).rejects.toMatchObject({
      code: 'platform-unreachable',
      repeat: 'never-sent',
      message: expect.stringContaining('nothing accepts connections'),
    });
  });

  test('its name is not known', async () => {
    await expect(loginAt('http://no-such-host.invalid:8743')).rejects.toMatchObject({
      code: 'platform-unreachable',
      repeat: 'never-sent',
      message: expect.stringContaining('host name'),
    });
  });

  test.each([{ fault: 'reset' as const }, { fault: 'half' as const, text: '{"operationId":' }])(
    'the connection breaks off: %j',
    async (answer) => {
      await using bench = await setUp(newestTokenOnly(() => answer).script);
      await expect(bench.ask()).rejects.toMatchObject({ code: 'platform-unreachable', repeat: 'ambiguous' });
      expect(bench.received).toHaveLength(2);
    },
  );

  test('something answers that is not HTTP', async () => {
    await using server = await startRawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    await expect(loginAt(server.baseUrl)).rejects.toMatchObject({ code: 'unreadable-answer' });
  });
});

describe('a platform that is slow', () => {
  const settings = { timeoutMs: 100 };

  test('it never answers: the call ends by itself and is not repeated', async () => {
    await using bench = await setUp(newestTokenOnly(() => ({ fault: 'hang' })).script, { settings });
    await expect(bench.ask()).rejects.toMatchObject({
      code: 'platform-timeout',
      repeat: 'ambiguous',
      message: expect.stringContaining('100 ms'),
    });
    expect(bench.received).toHaveLength(2);
  });

  test('its answer begins and never ends', async () => {
    await using server = await startRawServer((socket) =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{'),
    );
    await expect(loginAt(server.baseUrl, settings)).rejects.toMatchObject({ code: 'platform-timeout' });
  });
});

test('no failure carries the token, the secret or the request in any of its parts', async () => {
  for (const answer of [{ fault: 'reset' as const }, { text: '<html>' }, { status: 500 }]) {
    await using bench = await setUp(newestTokenOnly(() => answer).script);
    const error: unknown = await bench.ask().catch((thrown: unknown) => thrown);
    const everything = inspect(error, { depth: 12, showHidden: true });
    expect(everything).not.toContain('at-1');
    expect(everything).not.toContain(SECRET);
    expect(everything).not.toContain(new URLSearchParams({ s: SECRET }).toString().slice(2));
  }
});
