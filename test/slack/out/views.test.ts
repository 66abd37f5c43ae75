import { describe, expect, test } from '@jest/globals';
import { ErrorCode, WebClient } from '@slack/web-api';
import { answerModal } from '../../../src/render/question/answer-modal.ts';
import { openView, updateView } from '../../../src/slack/out/views.ts';

const FULL = answerModal({ text: 'in full' }, { title: 'Tasks' });
const PLAIN = answerModal({ text: 'plainly' }, { title: 'Tasks' });

/** A client whose calls are answered one after the other: by a word of Slack's, or (null) with the view. */
function scripted(...words: readonly (string | null)[]) {
  const script = [...words];
  const calls: (readonly [method: string, params: URLSearchParams])[] = [];
  const client = new WebClient('xoxb-1', {
    slackApiUrl: 'http://127.0.0.1:9/api/',
    retryConfig: { retries: 0 },
    async fetch(url, init) {
      calls.push([String(url).split('/').at(-1) ?? '', new URLSearchParams(String(init?.body))]);
      const error = script.shift() ?? null;
      const answer = error === null ? { ok: true, view: { id: 'V1', hash: 'h2' } } : { ok: false, error };
      return Response.json(answer);
    },
  });
  return { client, calls };
}

const shownIn = (params: URLSearchParams | undefined) => JSON.parse(params?.get('view') ?? 'null');

describe('a view that is opened', () => {
  test('goes above the modal that was pressed in, else stands alone', async () => {
    const { client, calls } = scripted();
    const opened = await openView(client, { trigger_id: 't1' }, { view: FULL });
    expect(opened).toMatchObject({ viewId: 'V1', hash: 'h2' });
    await openView(client, { trigger_id: 't2', view: { type: 'home' } }, { view: FULL });
    await openView(client, { trigger_id: 't3', view: { type: 'modal' } }, { view: FULL });
    expect(calls.map(([method]) => method)).toEqual(['views.open', 'views.open', 'views.push']);
  });

  test('is opened plainly where Slack does not take its form', async () => {
    const { client, calls } = scripted('invalid_arguments', null);
    await openView(client, { trigger_id: 't1' }, { view: FULL, plain: PLAIN });
    expect(calls.map(([, params]) => shownIn(params))).toEqual([FULL, PLAIN]);
  });

  test('rejects where there is nothing plainer, or where it is not about the form', async () => {
    const refused = { code: ErrorCode.PlatformError };
    await expect(
      openView(scripted('invalid_arguments').client, { trigger_id: 't1' }, { view: FULL }),
    ).rejects.toMatchObject(refused);
    const { client, calls } = scripted('expired_trigger_id');
    await expect(openView(client, { trigger_id: 't1' }, { view: FULL, plain: PLAIN })).rejects.toMatchObject(
      refused,
    );
    expect(calls).toHaveLength(1);
  });
});

describe('a view that is updated', () => {
  test('says its new state', async () => {
    const { client, calls } = scripted();
    const outcome = await updateView({ client, viewId: 'V1', hash: 'h1' }, { view: FULL });
    expect(outcome).toEqual({ kind: 'shown', hash: 'h2' });
    expect(calls[0]?.[1].get('hash')).toBe('h1');
  });

  test.each(['hash_conflict', 'not_found', 'view_not_found'])('%s: the person went on', async (word) => {
    const { client } = scripted(word);
    const handle = { client, viewId: 'V1', hash: 'h1' };
    expect(await updateView(handle, { view: FULL, plain: PLAIN })).toEqual({ kind: 'overtaken' });
  });

  test('may be overtaken between the two forms', async () => {
    const { client } = scripted('invalid_blocks', 'hash_conflict');
    const handle = { client, viewId: 'V1', hash: 'h1' };
    expect(await updateView(handle, { view: FULL, plain: PLAIN })).toEqual({ kind: 'overtaken' });
  });
});
