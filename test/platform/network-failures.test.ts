import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { createMemoryCallLedger } from '../../src/platform/budget/memory-call-ledger.ts';
import { createPlatform } from '../../src/platform/oceanconnect/create-platform.ts';
import type { PlatformSettings } from '../../src/platform/transport/settings.ts';
import type { CallEvent } from '../../src/platform/transport/transport.ts';
import { startRawServer } from './raw-server.ts';
import { startScriptedServer } from './scripted-server.ts';
import { createClock, EMPTY_PAGE, newestTokenOnly, SECRET, settingsFor, setUp } from './set-up.ts';

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

  test('its answers break off, which is no reason to ask again', async () => {
    const half = { fault: 'half', text: '{"operationId":' } as const;
    await using bench = await setUp(newestTokenOnly(() => half).script);
    await expect(bench.ask()).rejects.toMatchObject({ code: 'platform-unreachable', repeat: 'ambiguous' });
    expect(bench.received).toHaveLength(2);
  });

  test('something answers that is not HTTP', async () => {
    await using server = await startRawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    await expect(loginAt(server.baseUrl)).rejects.toMatchObject({ code: 'unreadable-answer' });
  });
});

describe('a connection that is reset before any answer', () => {
  /** Resets this many questions, and answers the rest. */
  const resets = (count: number) => {
    let left = count;
    return newestTokenOnly(() => {
      left -= 1;
      return left >= 0 ? { fault: 'reset' } : EMPTY_PAGE;
    }).script;
  };
  const outcomes = (events: readonly CallEvent[]) => events.map(({ call, outcome }) => `${call} ${outcome}`);

  test('the question is asked once more, and both count', async () => {
    await using bench = await setUp(resets(1));
    await expect(bench.ask()).resolves.toMatchObject({ received: 0 });
    expect(outcomes(bench.events)).toEqual(['login ok', 'listTasks made-again', 'listTasks ok']);
    expect(bench.received).toHaveLength(3);
  });

  test('and again: that is its end', async () => {
    await using bench = await setUp(resets(2));
    await expect(bench.ask()).rejects.toMatchObject({ code: 'platform-unreachable', repeat: 'ambiguous' });
    expect(outcomes(bench.events)).toEqual([
      'login ok',
      'listTasks made-again',
      'listTasks platform-unreachable',
    ]);
    expect(bench.received).toHaveLength(3);
  });

  test('without room in the budget it is not asked again, and what is said is the reset', async () => {
    await using bench = await setUp(resets(1), { settings: { callsPerMinute: 2 } });
    await expect(bench.ask()).rejects.toMatchObject({ code: 'platform-unreachable' });
    expect(outcomes(bench.events)).toEqual(['login ok', 'listTasks platform-unreachable']);
  });

  test('a login is not repeated: its answer may have been a token', async () => {
    await using bench = await setUp(() => ({ fault: 'reset' }));
    await expect(bench.ask()).rejects.toMatchObject({ code: 'platform-unreachable' });
    expect(bench.received).toHaveLength(1);
  });

  test('every connection of before may be dead: the second time a new one is made', async () => {
    const stale = new Set<number>();
    const answers = newestTokenOnly(({ clientPort }) =>
      stale.has(clientPort) ? { fault: 'reset' } : EMPTY_PAGE,
    );
    await using bench = await setUp(answers.script);
    await Promise.all(Array.from({ length: 5 }, () => bench.ask()));
    for (const { clientPort } of bench.received) stale.add(clientPort);
    expect(stale.size).toBeGreaterThan(1);
    await Promise.all(Array.from({ length: 5 }, () => bench.ask()));
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
