import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startWorkspace } from '../../../sandbox/workspace/start-workspace.ts';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';
import { section } from '../../../src/render/blocks/message.ts';
import { edit } from '../../../src/slack/out/edit.ts';
import { post, whisper } from '../../../src/slack/out/post.ts';
import { upload } from '../../../src/slack/out/upload.ts';
import { slackClient } from '../../notify/slack-client.ts';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await startWorkspace({ postRate: 'off' });
});
afterEach(() => workspace.clearFaults());
afterAll(() => workspace.close());

const MESSAGE = { text: 'as text', blocks: [section('in blocks')] };
const client = () => slackClient(workspace.apiUrl, workspace.botToken);
const here = () => ({ channel: workspace.channelInfo('iot-ops').id, threadTs: null });
const refuse = (method: string, error: string, times = 1) =>
  workspace.fault({ method, kind: 'error', error, times });
const callsOf = (method: string) =>
  workspace.apiCalls.filter((call) => call.method === method).map(({ params }) => params);

describe.each([
  'invalid_arguments',
  'invalid_attachments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_metadata_format',
  'metadata_too_large',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'only_one_table_allowed',
])('what Slack refuses with %s', (word) => {
  test('is posted as text, and says so', async () => {
    refuse('chat.postMessage', word);
    const waited: string[] = [];
    const outcome = await post(client(), here(), MESSAGE, {
      beforeText: async ({ reason }) => void waited.push(reason),
    });
    expect(outcome).toMatchObject({ kind: 'posted', form: 'text', loose: false });
    expect(waited).toEqual([word]);
    expect(workspace.channel('iot-ops').at(-1)).toMatchObject({ text: 'as text', blocks: [] });
  });

  test('is shown to one person as text', async () => {
    refuse('chat.postEphemeral', word);
    await whisper(client(), { ...here(), userId: workspace.person('ana').id }, MESSAGE);
    expect(callsOf('chat.postEphemeral').at(-1)).toMatchObject({ text: 'as text', blocks: '[]' });
  });

  test('replaces a message as text, and takes its blocks away', async () => {
    const posted = await post(client(), here(), MESSAGE);
    if (posted.kind !== 'posted') throw new Error('nothing to edit');
    refuse('chat.update', word);
    expect(await edit(client(), posted, { ...MESSAGE, text: 'edited' })).toEqual({ kind: 'edited' });
    expect(workspace.channel('iot-ops').at(-1)).toMatchObject({ text: 'edited', blocks: [] });
  });

  test('as text as well is refused for its form', async () => {
    refuse('chat.postMessage', word, 2);
    expect(await post(client(), here(), MESSAGE)).toMatchObject({
      ...{ kind: 'refused', failure: { about: 'form', repeat: 'refused', reason: word } },
    });
  });
});

describe('a post', () => {
  test('is tried once where not its form is refused', async () => {
    refuse('chat.postMessage', 'not_in_channel');
    const before = callsOf('chat.postMessage').length;
    expect(await post(client(), here(), MESSAGE)).toMatchObject({
      ...{ kind: 'refused', failure: { about: 'channel', cure: 'invite', word: 'not_in_channel' } },
    });
    expect(callsOf('chat.postMessage')).toHaveLength(before + 1);
  });

  test('whose answer is lost may be there, and is not repeated', async () => {
    workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    const before = callsOf('chat.postMessage').length;
    expect(await post(client(), here(), MESSAGE)).toMatchObject({
      ...{ kind: 'unknown', failure: { repeat: 'ambiguous', word: null } },
    });
    expect(callsOf('chat.postMessage')).toHaveLength(before + 1);
  });

  test('without a client was never sent', async () => {
    const none = Promise.reject<never>(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
    expect(await post(none, here(), MESSAGE)).toMatchObject({
      ...{ kind: 'unknown', failure: { repeat: 'never-sent' } },
    });
  });

  test('into a thread says where it stands', async () => {
    const root = await post(client(), here(), MESSAGE);
    if (root.kind !== 'posted') throw new Error('nothing to reply to');
    const address = { channel: root.channel, threadTs: root.ts };
    const reply = await post(client(), address, MESSAGE, { broadcast: true });
    expect(reply).toMatchObject({ kind: 'posted', form: 'blocks', channel: root.channel, loose: false });
    expect(callsOf('chat.postMessage').at(-1)).toMatchObject({ thread_ts: root.ts, reply_broadcast: 'true' });
  });
});

test('a file that may not be shared says what is missing', async () => {
  refuse('files.getUploadURLExternal', 'missing_scope');
  const file = { filename: 'devices.csv', title: 'Devices', content: 'id\n' };
  expect(await upload(client(), here(), file)).toMatchObject({
    ...{ kind: 'failed', failure: { cure: 'scope', word: 'missing_scope' } },
  });
});
