import { describe, expect, test } from '@jest/globals';
import { noticeMetadata } from '../../src/notify/message-id.ts';
import { DEFAULT_SCOPES } from '../../src/sandbox/workspace/options.ts';
import { markSending } from '../store/sending.ts';
import { type Bench, failed, runs, setUp } from './bench.ts';

const NO_HISTORY = DEFAULT_SCOPES.filter((scope) => !scope.endsWith(':history'));
const REPEATED = /Possibly repeated/;

const blocksOf = (bench: Bench) =>
  bench.workspace.channel(bench.channel).map((one) => JSON.stringify(one.blocks));

describe('an answer that is lost', () => {
  test('after the message was posted is found in the history, and the message is not posted again', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'), failed('op-2'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    bench.deliver();
    await bench.settled();
    expect(bench.seen().map(({ text }) => /op-\d/.exec(text)?.[0])).toEqual(['op-1', 'op-2']);
    expect(bench.outcomes()).toEqual(['put-off', 'found', 'sent']);
    const [message] = bench.workspace.channel(bench.channel);
    expect((await bench.notices())[0]).toMatchObject({ state: 'sent', ts: message?.ts, doubtful: 0 });
  });

  test('of a root that was found does not keep its thread from going on', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    const delivery = bench.deliver();
    await bench.see(runs('op-1'));
    delivery.wake();
    await bench.settled();
    await bench.see(failed('op-1'));
    delivery.wake();
    await bench.settled();
    expect(bench.seen()).toEqual([{ text: expect.stringMatching(/failed/), replies: [expect.any(String)] }]);
  });

  test.each([false, true])('of a reply is looked for in the thread (broadcast: %s)', async (broadcast) => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, broadcast ? ['created', 'failed'] : ['created']);
    const delivery = bench.deliver();
    await bench.see(runs('op-1'));
    delivery.wake();
    await bench.settled();
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    await bench.see(failed('op-1'));
    delivery.wake();
    await bench.settled();
    expect(bench.seen()[0]?.replies).toHaveLength(1);
    expect(bench.outcomes()).toEqual(['sent', 'put-off', 'found']);
    expect([bench.calls('conversations.replies'), bench.calls('conversations.history')]).toEqual([1, 0]);
  });

  test('before anything was posted is posted, once the history had time to show it', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'reset-before' });
    const began = bench.now();
    bench.deliver();
    await bench.settled();
    expect(bench.seen()).toHaveLength(1);
    expect(blocksOf(bench)[0]).not.toMatch(REPEATED);
    expect(bench.outcomes()).toEqual(['put-off', 'sent']);
    expect(bench.now() - began).toBeGreaterThanOrEqual(8_000);
    expect(bench.calls('conversations.history')).toBeGreaterThan(1);
  });

  test('again and again is posted once all the same', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'status', status: 503, times: 2 });
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    bench.deliver();
    await bench.settled();
    expect(bench.seen()).toHaveLength(1);
    expect(bench.outcomes()).toEqual(['put-off', 'put-off', 'put-off', 'found']);
  });

  test('waits for a history that is not to be had at the moment, as long as Slack says', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    bench.workspace.fault({ method: 'conversations.history', kind: 'rate-limit', retryAfter: 30 });
    bench.workspace.fault({ method: 'conversations.history', kind: 'status', status: 500 });
    const began = bench.now();
    bench.deliver();
    await bench.settled();
    expect(bench.seen()).toHaveLength(1);
    expect(bench.outcomes()).toEqual(['put-off', 'found']);
    expect(bench.calls('conversations.history')).toBe(3);
    expect(bench.now() - began).toBeGreaterThanOrEqual(30_000);
  });
});

describe('where the history may not be read', () => {
  test('a message in doubt is posted once more, marked as possibly repeated, and counted', async () => {
    await using bench = await setUp({ scopes: NO_HISTORY });
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    bench.deliver();
    await bench.settled();
    const [first, second, ...more] = blocksOf(bench);
    expect(more).toEqual([]);
    expect(first).not.toMatch(REPEATED);
    expect(second).toMatch(REPEATED);
    expect(bench.outcomes()).toEqual(['put-off', 'undecided', 'sent']);
    expect((await bench.notices())[0]).toMatchObject({ state: 'sent', doubtful: 1 });
  });

  test('the mark stays when the root is edited later', async () => {
    await using bench = await setUp({ scopes: NO_HISTORY });
    await bench.subscribe(bench.channel);
    await bench.see(runs('op-1'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    const delivery = bench.deliver();
    await bench.settled();
    await bench.see(failed('op-1'));
    delivery.wake();
    await bench.settled();
    const root = bench.workspace.channel(bench.channel)[1];
    expect(root).toMatchObject({ edits: 1, text: expect.stringMatching(/failed/) });
    expect(JSON.stringify(root?.blocks)).toMatch(REPEATED);
  });
});

describe('a crash', () => {
  /** What the store holds when the process died after it had noted the intent to send. */
  async function crashed(bench: Bench, place: 'root' | 'reply'): Promise<string> {
    await bench.subscribe(bench.channel);
    const delivery = bench.deliver();
    if (place === 'reply') await bench.see(runs('op-1'));
    delivery.wake();
    await bench.settled();
    await delivery.stop();
    await bench.see(failed('op-1'));
    const notice = (await bench.notices()).find(({ state }) => state === 'pending');
    if (!notice) throw new Error('nothing is to be sent');
    await markSending(bench.store.db, notice, bench.now());
    return notice.id;
  }

  test.each(['root', 'reply'] as const)(
    'after Slack took a %s: it is found and not repeated',
    async (place) => {
      await using bench = await setUp({ postRate: 'off' });
      const id = await crashed(bench, place);
      const root = bench.workspace.channel(bench.channel)[0]?.ts;
      await bench.client().chat.postMessage({
        ...{ channel: bench.channel, text: 'told before the crash', metadata: noticeMetadata(id) },
        ...(root !== undefined && { thread_ts: root }),
      });
      bench.deliver();
      await bench.settled();
      expect(bench.outcomes().at(-1)).toBe('found');
      expect(
        bench.workspace.posts.filter(({ metadata }) => JSON.stringify(metadata)?.includes(id)),
      ).toHaveLength(
        // A root that was found is edited, since nobody knows what it shows.
        place === 'root' ? 2 : 1,
      );
      const messages = bench.seen();
      expect([messages.length, messages[0]?.replies.length]).toEqual([1, place === 'root' ? 0 : 1]);
    },
  );

  test.each(['root', 'reply'] as const)('before Slack took a %s: it is sent, once', async (place) => {
    await using bench = await setUp();
    await crashed(bench, place);
    bench.deliver();
    await bench.settled();
    const messages = bench.seen();
    expect([messages.length, messages[0]?.replies.length]).toEqual([1, place === 'root' ? 0 : 1]);
    expect(bench.outcomes().at(-1)).toBe('sent');
    expect(blocksOf(bench).join()).not.toMatch(REPEATED);
  });

  test('with more to tell keeps the order: nothing is sent before the doubt is settled', async () => {
    await using bench = await setUp();
    await crashed(bench, 'root');
    await bench.see(failed('op-2'));
    bench.deliver();
    await bench.settled();
    expect(bench.seen().map(({ text }) => /op-\d/.exec(text)?.[0])).toEqual(['op-1', 'op-2']);
  });

  test('without the scopes for the history: what was in the air is told once more, with the mark', async () => {
    await using bench = await setUp({ scopes: NO_HISTORY });
    await crashed(bench, 'root');
    bench.deliver();
    await bench.settled();
    expect(blocksOf(bench)).toEqual([expect.stringMatching(REPEATED)]);
  });
});
