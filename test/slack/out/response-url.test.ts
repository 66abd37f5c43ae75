import { afterEach, describe, expect, test } from '@jest/globals';
import { section } from '../../../src/render/blocks/message.ts';
import { POSTED_AS_WRITTEN } from '../../../src/slack/out/post.ts';
import { createRespond } from '../../../src/slack/out/response-url.ts';
import { connectSlack } from '../../../src/slack/out/web-clients.ts';
import { type Answer, type ScriptedServer, startScriptedServer } from '../../platform/scripted-server.ts';

const open: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** Sends one answer to a server that answers these one after the other. */
async function respondTo(
  answers: readonly Answer[],
  { patience = 5_000, blocks }: { readonly patience?: number; readonly blocks?: readonly unknown[] } = {},
) {
  const script = [...answers];
  const server = await startScriptedServer(() => script.shift() ?? { text: 'ok' });
  open.push(server);
  const pauses: number[] = [];
  const respond = createRespond({
    fetch: connectSlack(() => undefined, null).fetch,
    delay: async (milliseconds) => void pauses.push(milliseconds),
    patience,
  });
  const responded = await respond(`http://127.0.0.1:${server.port}/commands/T1/secret`, {
    text: 'hello',
    ...(blocks !== undefined && { blocks }),
  });
  return { responded, pauses, tries: server.received.length, received: server.received };
}

describe('an answer through a response URL', () => {
  test('is sent once where Slack takes it', async () => {
    const { responded, tries, received } = await respondTo([{ text: 'ok' }]);
    expect([responded, tries]).toEqual([{ kind: 'shown' }, 1]);
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ ...POSTED_AS_WRITTEN, text: 'hello' });
  });

  test.each<[string, Answer, number]>([
    ['an error of Slack’s', { status: 500 }, 300],
    ['a gateway that finds nobody', { status: 503, text: '<html>' }, 300],
    ['a limit', { status: 429, headers: { 'Retry-After': '2' } }, 2_000],
    ['a limit without a time', { status: 429 }, 300],
    ['a connection that is reset', { fault: 'reset' }, 300],
    ['an answer that breaks off', { fault: 'half', text: 'ok' }, 300],
  ])('%s: is sent once more, after a pause', async (_what, first, pause) => {
    const { responded, pauses, tries } = await respondTo([first, { text: 'ok' }]);
    expect([responded, pauses, tries]).toEqual([{ kind: 'shown' }, [pause], 2]);
  });

  test.each<[string, Answer, string]>([
    ['errors', { status: 502 }, 'http_502'],
    ['resets', { fault: 'reset' }, 'no-answer'],
    ['limits', { status: 429, json: { ok: false, error: 'ratelimited' } }, 'ratelimited'],
  ])('%s twice: is given up', async (_what, answer, reason) => {
    const { responded, tries } = await respondTo([answer, answer, { text: 'ok' }]);
    expect([responded, tries]).toEqual([{ kind: 'undelivered', reason }, 2]);
  });

  test('a limit that lasts is not waited for', async () => {
    const { responded, pauses, tries } = await respondTo([{ status: 429, headers: { 'Retry-After': '30' } }]);
    expect([responded, pauses, tries]).toEqual([{ kind: 'undelivered', reason: 'http_429' }, [], 1]);
  });

  test('a hang ends, and is not tried again', async () => {
    const { responded, pauses } = await respondTo([{ fault: 'hang' }, { text: 'ok' }], { patience: 50 });
    expect([responded, pauses]).toEqual([{ kind: 'undelivered', reason: 'no-answer' }, []]);
  });

  test.each<[string, Answer, string]>([
    ['over', { status: 404, json: { ok: false, error: 'expired_url' } }, 'expired_url'],
    ['used up', { status: 404, json: { ok: false, error: 'used_url' } }, 'used_url'],
    ['used up, in other words', { status: 400, json: { ok: false, error: 'used_url' } }, 'used_url'],
    ['gone', { status: 410 }, 'http_410'],
    ['refused under 200', { json: { ok: false, error: 'channel_is_archived' } }, 'channel_is_archived'],
  ])('a URL that is %s is not tried again', async (_what, answer, reason) => {
    const { responded, tries } = await respondTo([answer]);
    expect([responded, tries]).toEqual([{ kind: 'undelivered', reason }, 1]);
  });

  test('a form Slack does not take is told apart', async () => {
    const { responded } = await respondTo([{ status: 400, json: { ok: false, error: 'invalid_blocks' } }]);
    expect(responded).toEqual({ kind: 'form-refused', reason: 'invalid_blocks' });
  });

  test('in blocks that Slack does not take is sent as text', async () => {
    const { responded, received } = await respondTo(
      [{ status: 400, text: 'invalid_blocks' }, { text: 'ok' }],
      {
        blocks: [section('hello')],
      },
    );
    expect(responded).toEqual({ kind: 'shown' });
    expect(received.map(({ body }) => 'blocks' in JSON.parse(body))).toEqual([true, false]);
  });

  test('in no form that Slack takes is given up', async () => {
    const refused: Answer = { status: 400, text: 'invalid_blocks' };
    const { responded, tries } = await respondTo([refused, refused, { text: 'ok' }], {
      blocks: [section('hello')],
    });
    expect([responded, tries]).toEqual([{ kind: 'form-refused', reason: 'http_400' }, 2]);
  });
});
