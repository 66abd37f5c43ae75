import { afterEach, describe, expect, test } from '@jest/globals';
import { ErrorCode, WebClient } from '@slack/web-api';
import { DEFAULT_SCOPES, OUTSIDE_MARKETPLACE } from '../../../sandbox/workspace/options.ts';
import { startWorkspace } from '../../../sandbox/workspace/start-workspace.ts';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';
import { quietLogger } from './quiet-logger.ts';

type Options = Parameters<typeof startWorkspace>[0];

let workspace: Workspace;
let client: WebClient;

async function open(options: Options = {}) {
  workspace = await startWorkspace({ postRate: 'off', ...options });
  client = new WebClient(workspace.botToken, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quietLogger(),
  });
  return workspace.channelInfo('iot-ops').id;
}

const refusedWith = (error: string) => ({ code: 'slack_webapi_platform_error', data: { error } });
const missing = (needed: string) => ({ data: { error: 'missing_scope', needed } });
const notification = (id: string) => ({ event_type: 'notification', event_payload: { id } });

afterEach(() => workspace.close());

describe('posting and editing', () => {
  test('a message, its edits and its thread are seen as the channel shows them', async () => {
    const channel = await open();
    const { ts = '' } = await client.chat.postMessage({
      channel,
      text: 'Task T1 failed',
      metadata: notification('n1'),
    });
    await client.chat.postMessage({ channel, text: '3 devices', thread_ts: ts });
    await client.chat.postMessage({ channel, text: 'recovered', thread_ts: ts, reply_broadcast: true });
    await client.chat.update({ channel, ts, text: 'Task T1 runs again' });
    const [root] = workspace.channel('#iot-ops');
    expect(root).toMatchObject({ ts, text: 'Task T1 runs again', edits: 1, metadata: notification('n1') });
    expect(root?.versions.map((one) => one.text)).toEqual(['Task T1 failed', 'Task T1 runs again']);
    expect(root?.replies.map((one) => [one.text, one.broadcast])).toEqual([
      ['3 devices', false],
      ['recovered', true],
    ]);
    expect(workspace.posts.map((one) => one.kind)).toEqual(['post', 'post', 'post', 'update']);
  });

  test('a message posted to a person lands in the direct message', async () => {
    await open();
    const ana = workspace.person('ana').id;
    const { channel = '' } = await client.chat.postMessage({
      channel: ana,
      text: 'Your subscription is suspended',
    });
    expect(channel).toBe((await workspace.directChannel('ana')).id);
    expect(workspace.channel(channel).map((one) => one.text)).toEqual(['Your subscription is suspended']);
  });

  test('an ephemeral message is seen by one person only', async () => {
    const channel = await open();
    await client.chat.postEphemeral({ channel, user: workspace.person('wei').id, text: 'Help' });
    expect(workspace.ephemerals('wei').map((one) => one.text)).toEqual(['Help']);
    expect(workspace.ephemerals('ana')).toEqual([]);
    expect(workspace.channel('iot-ops')).toEqual([]);
  });

  test('a deleted message is gone', async () => {
    const channel = await open();
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'x' });
    await client.chat.delete({ channel, ts });
    expect(workspace.channel(channel)).toEqual([]);
    expect(workspace.posts.at(-1)).toMatchObject({ kind: 'delete', ts });
  });

  test.each([false, true])(
    'a reply to a message that somebody deleted stands in the channel by itself (broadcast: %s)',
    async (broadcast) => {
      const channel = await open();
      const { ts = '' } = await client.chat.postMessage({ channel, text: 'root' });
      await workspace.deleteMessage('iot-ops', ts);
      const reply = { channel, text: 'reply', thread_ts: ts, metadata: notification('n1') };
      const { message } = await client.chat.postMessage(
        broadcast ? { ...reply, reply_broadcast: true } : reply,
      );
      expect(message).toMatchObject({ text: 'reply' });
      expect(message).not.toHaveProperty('thread_ts');
      expect(workspace.channel('iot-ops')).toMatchObject([
        { text: 'reply', threadTs: null, broadcast: false },
      ]);
      await expect(client.conversations.replies({ channel, ts })).rejects.toMatchObject(
        refusedWith('thread_not_found'),
      );
      await expect(client.chat.update({ channel, ts, text: 'x' })).rejects.toMatchObject(
        refusedWith('message_not_found'),
      );
      const { messages } = await client.conversations.history({ channel, include_all_metadata: true });
      expect(messages).toMatchObject([{ text: 'reply', metadata: notification('n1') }]);
    },
  );

  test('a deleted message with replies leaves a placeholder, whose thread goes on until its last reply is deleted', async () => {
    const channel = await open();
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'root' });
    const first = await client.chat.postMessage({ channel, text: 'first', thread_ts: ts });
    await workspace.deleteMessage('iot-ops', ts);
    const second = await client.chat.postMessage({ channel, text: 'second', thread_ts: ts });
    expect(second.message).toMatchObject({ thread_ts: ts });
    const { messages } = await client.conversations.history({ channel });
    expect(messages).toMatchObject([{ ts, subtype: 'tombstone', text: 'This message was deleted.' }]);
    const thread = await client.conversations.replies({ channel, ts });
    expect(thread.messages?.map((one) => one.text)).toEqual(['This message was deleted.', 'first', 'second']);
    await expect(client.chat.update({ channel, ts, text: 'x' })).rejects.toMatchObject(
      refusedWith('message_not_found'),
    );
    for (const reply of [first, second]) await workspace.deleteMessage('iot-ops', reply.ts ?? '');
    expect(workspace.channel('iot-ops')).toEqual([]);
  });
});

describe('reading history', () => {
  test('metadata comes only when it is asked for', async () => {
    const channel = await open();
    await client.chat.postMessage({ channel, text: 'x', metadata: notification('n1') });
    const bare = await client.conversations.history({ channel });
    const full = await client.conversations.history({ channel, include_all_metadata: true });
    expect(bare.messages?.map((one) => one.metadata)).toEqual([undefined]);
    expect(full.messages?.map((one) => one.metadata)).toEqual([notification('n1')]);
  });

  test('broadcast replies stand in the channel too, with their metadata', async () => {
    const channel = await open();
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'root' });
    await client.chat.postMessage({ channel, text: 'quiet', thread_ts: ts });
    const reply = { channel, text: 'loud', thread_ts: ts, metadata: notification('n2') };
    await client.chat.postMessage({ ...reply, reply_broadcast: true });
    const { messages } = await client.conversations.history({ channel, include_all_metadata: true });
    expect(messages?.map((one) => [one.text, one.subtype])).toEqual([
      ['loud', 'thread_broadcast'],
      ['root', undefined],
    ]);
    expect(messages?.[0]).toMatchObject({ thread_ts: ts, metadata: notification('n2') });
    const thread = await client.conversations.replies({ channel, ts, include_all_metadata: true });
    expect(thread.messages?.map((one) => one.text)).toEqual(['root', 'quiet', 'loud']);
  });

  test('oldest and latest leave their own moment out unless inclusive, and pages follow a cursor', async () => {
    const channel = await open();
    const stamps: string[] = [];
    for (const text of ['a', 'b', 'c', 'd']) {
      stamps.push((await client.chat.postMessage({ channel, text })).ts ?? '');
    }
    const [, oldest = '', , latest = ''] = stamps;
    const texts = async (more: object) =>
      (await client.conversations.history({ channel, ...more })).messages?.map((one) => one.text);
    expect(await texts({ oldest, latest })).toEqual(['c']);
    expect(await texts({ oldest, latest, inclusive: true })).toEqual(['d', 'c', 'b']);
    const first = await client.conversations.history({ channel, limit: 3 });
    expect(first.messages?.map((one) => one.text)).toEqual(['d', 'c', 'b']);
    expect(first.has_more).toBe(true);
    expect(await texts({ limit: 3, cursor: first.response_metadata?.next_cursor })).toEqual(['a']);
  });

  test('for an app sold outside of the Marketplace comes 15 messages at a time, once a minute and method', async () => {
    let now = Date.now();
    const channel = await open({ historyRate: OUTSIDE_MARKETPLACE, postRate: 'off', now: () => now });
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'root' });
    for (let count = 0; count < 20; count += 1) await client.chat.postMessage({ channel, text: 'x' });
    const page = await client.conversations.history({ channel, limit: 200 });
    expect([page.messages?.length, page.has_more]).toEqual([15, true]);
    const again = client.conversations.history({ channel, cursor: page.response_metadata?.next_cursor });
    await expect(again).rejects.toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 60 });
    await client.conversations.replies({ channel, ts });
    now += 60_000;
    const rest = { channel, cursor: page.response_metadata?.next_cursor };
    expect((await client.conversations.history(rest)).messages).toHaveLength(6);
  });
});

describe('what the bot may do', () => {
  test('a method without its scope says which one is missing', async () => {
    const channel = await open({ scopes: ['chat:write'] });
    await client.chat.postMessage({ channel, text: 'x' });
    const user = workspace.person('ana').id;
    await expect(client.conversations.history({ channel })).rejects.toMatchObject(
      missing('channels:history'),
    );
    await expect(client.users.info({ user })).rejects.toMatchObject(missing('users:read'));
    await expect(client.usergroups.list()).rejects.toMatchObject(missing('usergroups:read'));
  });

  test('auth.test tells the scopes of the token', async () => {
    await open({ scopes: ['chat:write', 'commands'] });
    const answer = await client.auth.test();
    expect(answer).toMatchObject({
      user_id: workspace.botUserId,
      bot_id: workspace.botId,
      team_id: workspace.teamId,
    });
    expect(answer.response_metadata?.scopes).toEqual(['chat:write', 'commands']);
  });

  test('an unknown token is invalid', async () => {
    await open();
    const stranger = new WebClient('xoxb-other', { slackApiUrl: workspace.apiUrl });
    await expect(stranger.auth.test()).rejects.toMatchObject(refusedWith('invalid_auth'));
  });

  test('where it is not a member it needs chat:write.public, and private channels do not exist', async () => {
    await open({
      scopes: ['chat:write'],
      channels: [
        { name: 'iot-ops' },
        { name: 'open', botIsMember: false },
        { name: 'shut', private: true, botIsMember: false },
      ],
    });
    const post = (name: string) =>
      client.chat.postMessage({ channel: workspace.channelInfo(name).id, text: 'x' });
    await expect(post('open')).rejects.toMatchObject(refusedWith('not_in_channel'));
    await expect(post('shut')).rejects.toMatchObject(refusedWith('channel_not_found'));
    workspace.changeChannel('open', { botIsMember: true });
    await post('open');
    workspace.changeChannel('open', { archived: true });
    await expect(post('open')).rejects.toMatchObject(refusedWith('is_archived'));
  });

  test('people and channels tell where they belong', async () => {
    await open({ scopes: [...DEFAULT_SCOPES, 'usergroups:read'] });
    const olga = await client.users.info({ user: workspace.person('olga').id });
    expect(olga.user).toMatchObject({
      team_id: workspace.partnerTeamId,
      is_stranger: true,
      tz: 'Europe/Warsaw',
    });
    const shared = await client.conversations.info({ channel: workspace.channelInfo('shared-vendor').id });
    expect(shared.channel).toMatchObject({ is_ext_shared: true, is_member: true });
    expect((await client.usergroups.list()).usergroups).toMatchObject([{ handle: 'iot-oncall' }]);
    expect((await client.usergroups.users.list({ usergroup: 'S0ONCALL01' })).users).toEqual(
      ['ana', 'wei'].map((name) => workspace.person(name).id),
    );
    await expect(client.usergroups.users.list({ usergroup: 'S0NOBODY01' })).rejects.toMatchObject(
      refusedWith('no_such_subteam'),
    );
  });

  test('a channel is shared and taken back, and a scope that was withheld is missing', async () => {
    await open();
    const info = async () =>
      (await client.conversations.info({ channel: workspace.channelInfo('iot-ops').id })).channel;
    expect(await info()).toMatchObject({ is_ext_shared: false });
    await workspace.shareChannel('iot-ops', true, 'untold');
    expect(await info()).toMatchObject({ is_ext_shared: true });
    workspace.withholdScopes(['channels:read', 'users:read']);
    await expect(info()).rejects.toMatchObject(missing('channels:read'));
    const ana = { user: workspace.person('ana').id };
    await expect(client.users.info(ana)).rejects.toMatchObject(missing('users:read'));
  });
});

describe('limits', () => {
  test('blocks beyond the limits are refused with their place, and remembered', async () => {
    const channel = await open();
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }];
    await expect(client.chat.postMessage({ channel, text: 'x', blocks })).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: { messages: [expect.stringContaining('/blocks/0/text/text')] },
      },
    });
    expect(workspace.violations).toMatchObject([
      { method: 'chat.postMessage', pointer: '/blocks/0/text/text' },
    ]);
    expect(workspace.channel(channel)).toEqual([]);
  });

  test('a second post in the same second is answered with 429', async () => {
    let time = 1_700_000_000_000;
    const channel = await open({ postRate: { perSecond: 1, burst: 1 }, now: () => time });
    await client.chat.postMessage({ channel, text: 'first' });
    const hasty = client.chat.postMessage({ channel, text: 'second' });
    await expect(hasty).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 1 });
    expect(workspace.rateLimited).toMatchObject([{ channel, retryAfter: 1 }]);
    time += 1000;
    await client.chat.postMessage({ channel, text: 'third' });
    expect(workspace.channel(channel).map((one) => one.text)).toEqual(['first', 'third']);
  });
});

describe('what goes wrong on demand', () => {
  test('a lost answer leaves the message in the channel', async () => {
    const channel = await open();
    workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    await expect(client.chat.postMessage({ channel, text: 'told?' })).rejects.toMatchObject({
      code: 'slack_webapi_request_error',
    });
    expect(workspace.channel(channel).map((one) => one.text)).toEqual(['told?']);
    expect(workspace.apiCalls).toMatchObject([
      { method: 'chat.postMessage', status: 0, fault: 'lost-answer' },
    ]);
    await client.chat.postMessage({ channel, text: 'told' });
  });

  test('a connection reset before the call leaves nothing', async () => {
    const channel = await open();
    workspace.fault({ method: '*', kind: 'reset-before' });
    await expect(client.chat.postMessage({ channel, text: 'x' })).rejects.toMatchObject({
      code: 'slack_webapi_request_error',
    });
    expect(workspace.channel(channel)).toEqual([]);
  });

  test('errors, HTTP statuses and rate limits come as ordered, as often as ordered', async () => {
    const channel = await open();
    const post = () => client.chat.postMessage({ channel, text: 'x' });
    const archived = workspace.fault({
      method: 'chat.postMessage',
      kind: 'error',
      error: 'is_archived',
      times: 2,
    });
    await expect(post()).rejects.toMatchObject(refusedWith('is_archived'));
    expect(archived.remaining).toBe(1);
    await expect(post()).rejects.toMatchObject(refusedWith('is_archived'));
    workspace.fault({ method: 'chat.postMessage', kind: 'status', status: 503 });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_http_error', statusCode: 503 });
    workspace.fault({ method: 'chat.postMessage', kind: 'rate-limit', retryAfter: 7 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    expect(workspace.channel(channel)).toEqual([]);
    await post();
    expect(workspace.channel(channel)).toHaveLength(1);
  });

  test('a hanging call is let go when the fault is cleared', async () => {
    const channel = await open();
    const hang = workspace.fault({ method: 'chat.postMessage', kind: 'hang' });
    const call = client.chat.postMessage({ channel, text: 'x' });
    const ended = expect(call).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    await workspace.until(() => hang.remaining === 0);
    hang.clear();
    await ended;
    expect(workspace.channel(channel)).toEqual([]);
  });
});

describe('waiting', () => {
  test('resolves with what was looked for as soon as it is there', async () => {
    const channel = await open();
    const waiting = workspace.until((seen) => seen.channel('iot-ops').find((one) => one.text === 'here'));
    await client.chat.postMessage({ channel, text: 'here' });
    expect((await waiting).user).toBe(workspace.botUserId);
  });

  test('rejects at the limit and shows what there is instead', async () => {
    const channel = await open();
    await client.chat.postMessage({ channel, text: 'something else' });
    const waiting = workspace.until(() => false, { timeoutMs: 1, what: 'the notice of T1' });
    await expect(waiting).rejects.toThrow(/the notice of T1 did not come[\s\S]*something else/);
  });
});
