import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SimulatedPlatform, startSimulatedPlatform } from '../../../sandbox/platform/index.ts';
import type { Act, Snapshot } from '../../../sandbox/web/contract.ts';
import { type Page, startPage } from '../../../sandbox/web/server/start-page.ts';
import { startWorkspace } from '../../../sandbox/workspace/start-workspace.ts';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';

let platform: SimulatedPlatform;
let workspace: Workspace;
let page: Page;
const calls: string[] = [];

const bot = {
  state: 'running',
  pid: 1,
  starts: 1,
  kill: () => void calls.push('kill'),
  start: () => void calls.push('start'),
  onChange: () => () => undefined,
} as const;

beforeAll(async () => {
  platform = await startSimulatedPlatform();
  workspace = await startWorkspace();
  // Nobody listens on the discard port: the bot is away.
  workspace.connectHttp('http://127.0.0.1:9/slack/events');
  const client = new Map([['/', { type: 'text/html', body: new TextEncoder().encode('<p>page</p>') }]]);
  page = await startPage({ platform, workspace, bot, client });
});

afterAll(async () => {
  await page.close();
  await Promise.all([platform.close(), workspace.close()]);
});

/** A request with any headers: fetch would not let a test name another host. */
function ask(path: string, headers: Record<string, string>, body?: string): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, page.url), { headers, method: body === undefined ? 'GET' : 'POST' });
    sent.on('response', async (answer) => {
      let text = '';
      for await (const chunk of answer) text += String(chunk);
      resolve([answer.statusCode ?? 0, text]);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function act(one: Act): Promise<unknown> {
  const [, text] = await ask('/act', { origin: page.url.slice(0, -1) }, JSON.stringify(one));
  return JSON.parse(text);
}

/** The first snapshot that fits. */
async function snapshot(user: string, fits: (seen: Snapshot) => boolean = () => true): Promise<Snapshot> {
  const stream = await fetch(new URL(`/events?user=${user}`, page.url));
  let text = '';
  for await (const chunk of (stream.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      // The server sends nothing but snapshots.
      const seen = JSON.parse(event.slice('data: '.length)) as Snapshot;
      if (fits(seen)) return seen;
    }
  }
  throw new Error('the stream ended');
}

const OPS = () => workspace.channelInfo('iot-ops').id;

describe('the server of the page', () => {
  test('serves the page, and nothing to anybody who comes by another name', async () => {
    expect(await ask('/', {})).toEqual([200, '<p>page</p>']);
    expect(await ask('/', { host: 'evil.example' })).toMatchObject([403, /./]);
    expect(await ask('/nothing', {})).toMatchObject([404, /./]);
    expect(await ask('/act', { origin: 'https://evil.example' }, '{}')).toMatchObject([403, /./]);
    expect(await ask('/events?user=nobody', {})).toEqual([404, 'Nobody here is called nobody.\n']);
  });

  test('what is no act is a sentence', async () => {
    const [status, text] = await ask('/act', { origin: page.url.slice(0, -1) }, '{"act":"dance"}');
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/no act of the page/),
    });
  });

  test('a change reaches those who look on, by itself', async () => {
    const seen = snapshot(
      'ana',
      ({ messages }) => messages[OPS()]?.some(({ text }) => text === 'hello') ?? false,
    );
    await act({ act: 'say', user: 'wei', channel: OPS(), text: 'hello', mention: false });
    const { me, people, channels } = await seen;
    expect(me).toBe(workspace.person('ana').id);
    expect(people.map(({ name, outsider }) => [name, outsider])).toEqual([
      ['ana', false],
      ['wei', false],
      ['sam', false],
      ['olga', true],
    ]);
    expect(channels.map(({ name }) => name)).toEqual([
      'iot-ops',
      'iot-alerts',
      'iot-private',
      'no-bot-here',
      'shared-vendor',
      'upgrades',
    ]);
  });

  test('an outsider sees the shared channel only', async () => {
    const { channels } = await snapshot('olga');
    expect(channels).toMatchObject([{ name: 'shared-vendor', kind: 'shared' }]);
  });

  test('a bot that is away is told as Slack tells it', async () => {
    const answer = await act({ act: 'command', user: 'ana', channel: OPS(), text: 'failed' });
    expect(answer).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^\/upgrades failed with the error “dispatch_failed”/),
    });
  });

  test('the control panel drives fleet, platform, Slack and bot', async () => {
    await act({ act: 'control', control: { kind: 'start-task' } });
    await act({ act: 'control', control: { kind: 'speed', speed: 60 } });
    await act({ act: 'control', control: { kind: 'platform', state: 'down' } });
    await act({ act: 'control', control: { kind: 'slack', state: 'loses-next-answer' } });
    await act({ act: 'control', control: { kind: 'history-scopes', granted: false } });
    await act({ act: 'control', control: { kind: 'kill-bot' } });
    const { control } = await snapshot('ana');
    expect(control).toMatchObject({
      speed: 60,
      platform: 'down',
      slack: 'loses-next-answer',
      historyScopes: false,
      bot: { state: 'running', pid: 1, starts: 1 },
    });
    expect(control.tasks).toHaveLength(1);
    expect(calls).toEqual(['kill']);
    const unknown = { kind: 'task', operationId: 'op-none', does: 'fail' } as const;
    expect(await act({ act: 'control', control: unknown })).toEqual({
      ok: false,
      message: 'There is no task op-none in the simulated fleet.',
    });
  });
});
