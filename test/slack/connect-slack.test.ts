import { afterEach, describe, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import {
  connectSlack,
  type SlackCallEvent,
  type SlackConnection,
  writingClientOptions,
} from '../../src/slack/out/web-clients.ts';
import { type Answer, type ScriptedServer, startScriptedServer } from '../platform/scripted-server.ts';

const open: (ScriptedServer | SlackConnection)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

/** A client that repeats nothing by itself, and a Slack that answers these one after the other. */
async function connected(answers: readonly Answer[]) {
  const script = [...answers];
  const server = await startScriptedServer(() => script.shift() ?? { json: { ok: true } });
  const calls: SlackCallEvent[] = [];
  const slack = connectSlack((call) => calls.push(call), null);
  open.push(server, slack);
  const apiUrl = `http://127.0.0.1:${server.port}/api/`;
  const client = new WebClient(
    'xoxb-1',
    writingClientOptions(apiUrl, pino({ level: 'silent' }), slack.fetch),
  );
  return {
    client,
    server,
    outcomes: () => calls.map(({ method, outcome }) => `${method} ${outcome}`),
  };
}

const RESET: Answer = { fault: 'reset' };

describe('a connection to Slack that is reset before any answer', () => {
  test('what only reads is asked once more', async () => {
    const { client, outcomes } = await connected([RESET]);
    await client.conversations.history({ channel: 'C1' });
    expect(outcomes()).toEqual(['conversations.history no-answer', 'conversations.history answered']);
  });

  test('and again: that is its end', async () => {
    const { client, outcomes } = await connected([RESET, RESET]);
    await expect(client.users.info({ user: 'U1' })).rejects.toThrow('fetch failed');
    expect(outcomes()).toEqual(['users.info no-answer', 'users.info no-answer']);
  });

  test('what changes something is never repeated: it may have taken effect', async () => {
    const { client, outcomes } = await connected([RESET]);
    await expect(client.chat.postMessage({ channel: 'C1', text: 'once' })).rejects.toThrow('fetch failed');
    expect(outcomes()).toEqual(['chat.postMessage no-answer']);
  });

  test('an answer that breaks off is no reason to ask again', async () => {
    const { client, outcomes } = await connected([{ fault: 'half', text: '{"ok":true}' }]);
    await expect(client.users.info({ user: 'U1' })).rejects.toThrow();
    expect(outcomes()).toEqual(['users.info no-answer']);
  });
});

test('a file gets there as it is', async () => {
  const { client, server } = await connected([]);
  await client.apiCall('files.anything', { file: Buffer.from('one,two\n') });
  const [sent] = server.received;
  expect(sent?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(sent?.body).toContain('one,two\n');
});
