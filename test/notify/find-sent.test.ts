import { describe, expect, test } from '@jest/globals';
import { OUTSIDE_MARKETPLACE } from '../../sandbox/workspace/options.ts';
import { startWorkspace } from '../../sandbox/workspace/start-workspace.ts';
import { notInstalled, renewalRefused, renewalUnanswered } from '../../src/core/access/workspace-error.ts';
import { createSearch, type Wanted } from '../../src/notify/find-sent.ts';
import { notificationMetadata } from '../../src/notify/message-id.ts';
import { slackClient } from './slack-client.ts';

const WANTED: Wanted = { id: 'n-1', channel: 'C1', threadTs: null, attemptedAt: 0, cursor: null };

test.each([
  ['Slack did not renew the token just now', renewalUnanswered('T1'), 'no-answer'],
  ['Slack refuses to renew the token', renewalRefused('T1', 'invalid_refresh_token'), 'no-answer'],
  ['the workspace removed the app', notInstalled('T1'), 'unreadable'],
])('%s: whether a notification arrived is %s', async (_case, error, outcome) => {
  const find = createSearch(async () => Promise.reject(error), Date.now);
  expect(await find(WANTED)).toMatchObject({ kind: outcome });
});

describe('a look into the history', () => {
  async function setUp(options: Parameters<typeof startWorkspace>[0] = {}) {
    let now = Date.now();
    const workspace = await startWorkspace({ postRate: 'off', now: () => now, ...options });
    const client = slackClient(workspace.apiUrl, workspace.botToken);
    const find = createSearch(
      async () => client,
      () => now,
    );
    const channel = workspace.channelInfo('iot-ops').id;
    return {
      ...{ workspace, client, channel },
      advance: (milliseconds: number) => {
        now += milliseconds;
      },
      look: (wanted: Partial<Wanted>) => find({ ...WANTED, channel, attemptedAt: Date.now(), ...wanted }),
      asked: (method: string) =>
        workspace.apiCalls.filter((call) => call.method === `conversations.${method}`),
      [Symbol.asyncDispose]: () => workspace.close(),
    };
  }

  test('asks for the few seconds around the attempt, and no more than any app is given', async () => {
    await using bench = await setUp();
    const attemptedAt = 1_700_000_000_500;
    await bench.look({ attemptedAt });
    const [{ params } = { params: {} }] = bench.asked('history');
    expect(params).toMatchObject({
      ...{ limit: '15', inclusive: 'true', include_all_metadata: 'true' },
      ...{ oldest: '1699999995.500000', latest: '1700000013.500000' },
    });
  });

  test('says whether what it finds stands in a thread', async () => {
    await using bench = await setUp();
    const { client, channel } = bench;
    const { ts = '' } = await client.chat.postMessage({
      channel,
      text: 'a',
      metadata: notificationMetadata('n-1'),
    });
    const reply = { channel, text: 'b', thread_ts: ts, metadata: notificationMetadata('n-2') };
    const { ts: replied } = await client.chat.postMessage(reply);
    expect(await bench.look({})).toEqual({ kind: 'found', ts, threadTs: null });
    expect(await bench.look({ id: 'n-2', threadTs: ts })).toEqual({
      kind: 'found',
      ts: replied,
      threadTs: ts,
    });
    expect(await bench.look({ id: 'n-3', threadTs: ts })).toEqual({ kind: 'not-there' });
    await bench.workspace.deleteMessage(channel, replied ?? '');
    await bench.workspace.deleteMessage(channel, ts);
    expect(await bench.look({ id: 'n-2', threadTs: ts })).toEqual({ kind: 'no-thread' });
  });

  test('goes on where the page before ended', async () => {
    await using bench = await setUp();
    const { client, channel } = bench;
    const { ts } = await client.chat.postMessage({
      channel,
      text: 'a',
      metadata: notificationMetadata('n-1'),
    });
    for (let count = 0; count < 15; count += 1) await client.chat.postMessage({ channel, text: 'x' });
    const first = await bench.look({});
    expect(first).toEqual({ kind: 'more', cursor: expect.any(String) });
    const cursor = first.kind === 'more' ? first.cursor : null;
    expect(await bench.look({ cursor })).toEqual({ kind: 'found', ts, threadTs: null });
  });

  test('is not made while Slack wants none of its kind, by whomever', async () => {
    await using bench = await setUp({ historyRate: OUTSIDE_MARKETPLACE });
    const looks = [bench.look({}), bench.look({ id: 'n-2' }), bench.look({ id: 'n-3' })];
    expect(await Promise.all(looks)).toMatchObject([
      { kind: 'not-there' },
      { kind: 'limited', retryAfter: 60_000 },
      { kind: 'limited', retryAfter: 60_000 },
    ]);
    expect(bench.asked('history')).toHaveLength(2);
    bench.advance(59_000);
    expect(await bench.look({})).toEqual({ kind: 'limited', retryAfter: 1_000 });
    expect(bench.asked('history')).toHaveLength(2);
    bench.advance(1_000);
    expect(await bench.look({})).toEqual({ kind: 'not-there' });
  });
});
