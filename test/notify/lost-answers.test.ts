import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SCOPES, OUTSIDE_MARKETPLACE } from '../../sandbox/workspace/options.ts';
import { notificationMetadata } from '../../src/notify/message-id.ts';
import { markSending } from '../store/sending.ts';
import { type Bench, failed, MINUTE, runs, setUp, story } from './bench.ts';

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
    expect((await bench.notifications())[0]).toMatchObject({ state: 'sent', ts: message?.ts, doubtful: 0 });
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
    expect((await bench.notifications())[0]).toMatchObject({ state: 'sent', doubtful: 1 });
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
    const notification = (await bench.notifications()).find(({ state }) => state === 'pending');
    if (!notification) throw new Error('nothing is to be sent');
    await markSending(bench.store.db, notification, bench.now());
    return notification.id;
  }

  test.each(['root', 'reply'] as const)(
    'after Slack took a %s: it is found and not repeated',
    async (place) => {
      await using bench = await setUp({ postRate: 'off' });
      const id = await crashed(bench, place);
      const root = bench.workspace.channel(bench.channel)[0]?.ts;
      await bench.client().chat.postMessage({
        ...{ channel: bench.channel, text: 'told before the crash', metadata: notificationMetadata(id) },
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

  test('with more to tell about other tasks holds up none of it', async () => {
    await using bench = await setUp();
    await crashed(bench, 'root');
    await bench.see(failed('op-2'));
    bench.deliver();
    await bench.settled();
    expect(bench.seen().map(({ text }) => /op-\d/.exec(text)?.[0])).toEqual(['op-2', 'op-1']);
  });

  test('without the scopes for the history: what was in the air is told once more, with the mark', async () => {
    await using bench = await setUp({ scopes: NO_HISTORY });
    await crashed(bench, 'root');
    bench.deliver();
    await bench.settled();
    expect(blocksOf(bench)).toEqual([expect.stringMatching(REPEATED)]);
  });
});

describe('while it is not known whether a message arrived', () => {
  test('the channel hears of everything else, and of the same task once it is known', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    const delivery = bench.deliver();
    await bench.see(runs('op-1'), runs('op-2'));
    delivery.wake();
    await bench.settled();
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'reset-before' });
    const history = bench.workspace.fault({ method: 'conversations.replies', kind: 'hang' });
    await bench.see(failed('op-1'));
    delivery.wake();
    await bench.until(() => history.remaining === 0);
    await bench.see(runs('op-1'), failed('op-2'), failed('op-3'));
    delivery.wake();
    await bench.until(
      async () => (await bench.notifications()).filter(({ state }) => state === 'sent').length === 4,
    );
    expect(await story(bench)).toEqual([
      ['started op-1'],
      ['started op-2', '! failed op-2'],
      ['failed op-3'],
    ]);
    history.clear();
    await bench.settled();
    expect(await story(bench)).toEqual([
      ['started op-1', '! failed op-1', expect.stringMatching(/ op-1$/)],
      ['started op-2', '! failed op-2'],
      ['failed op-3'],
    ]);
  });

  test('an outage makes few messages doubtful, and repeats none', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    for (let task = 1; task <= 30; task += 1) await bench.see(failed(`op-${task}`));
    const outage = ['chat.postMessage', 'conversations.history'].map((method) =>
      bench.workspace.fault({ method, kind: 'status', status: 503, times: Number.POSITIVE_INFINITY }),
    );
    const began = bench.now();
    bench.deliver();
    await bench.until(() => bench.now() - began > 10 * MINUTE);
    const doubtful = (await bench.notifications()).filter(({ state }) => state === 'sending').length;
    expect(doubtful).toBeGreaterThan(0);
    expect(doubtful).toBeLessThan(20);
    for (const fault of outage) fault.clear();
    await bench.settled();
    expect(
      bench
        .seen()
        .map(({ text }) => /op-\d+/.exec(text)?.[0])
        .toSorted(),
    ).toEqual(Array.from({ length: 30 }, (_, index) => `op-${index + 1}`).toSorted());
    expect(blocksOf(bench).join()).not.toMatch(REPEATED);
  });
});

describe('for an app that is sold outside of Slack’s Marketplace', () => {
  const LIMITED = { historyRate: OUTSIDE_MARKETPLACE };
  const asked = (bench: Bench) =>
    bench.workspace.apiCalls.filter(({ method }) => method === 'conversations.history');

  test('a lost answer is settled by one look, whatever else people write', async () => {
    await using bench = await setUp(LIMITED);
    await bench.subscribe(bench.channel);
    for (let line = 0; line < 12; line += 1)
      await bench.workspace.write({ user: 'ana', channel: 'iot-ops', text: 'well' });
    await bench.see(failed('op-1'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    bench.deliver();
    await bench.settled();
    expect(bench.outcomes()).toEqual(['put-off', 'found']);
    expect(asked(bench)).toHaveLength(1);
  });

  test('a page that is full is read to its end as fast as Slack lets it be', async () => {
    await using bench = await setUp(LIMITED);
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    const held = bench.workspace.fault({ method: 'conversations.history', kind: 'hang' });
    const began = bench.now();
    bench.deliver();
    await bench.until(() => held.remaining === 0);
    for (let line = 0; line < 20; line += 1)
      await bench.workspace.write({ user: 'ana', channel: 'iot-ops', text: 'well' });
    held.clear();
    await bench.settled();
    expect(bench.outcomes()).toEqual(['put-off', 'found']);
    expect(asked(bench).filter(({ ok }) => ok)).toHaveLength(2);
    expect(bench.now() - began).toBeGreaterThanOrEqual(MINUTE);
  });

  test('what did not arrive is posted after the second look, unmarked, and holds up nothing', async () => {
    await using bench = await setUp(LIMITED);
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'));
    for (let task = 2; task <= 9; task += 1) await bench.see(failed(`op-${task}`));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'reset-before' });
    const began = bench.now();
    bench.deliver();
    await bench.settled();
    const told = bench.workspace.posts.map(({ text }) => /op-\d/.exec(text)?.[0]);
    expect(told).toHaveLength(9);
    expect([told[0], new Set(told).size]).toEqual(['op-2', 9]);
    const late = bench.workspace.posts.find(({ text }) => text.includes('op-1'));
    expect((late?.at ?? 0) - began).toBeGreaterThanOrEqual(MINUTE);
    expect(asked(bench).filter(({ ok }) => ok)).toHaveLength(2);
    expect(blocksOf(bench).join()).not.toMatch(REPEATED);
  });

  test('what cannot be settled in five minutes is posted once more, marked and counted', async () => {
    await using bench = await setUp(LIMITED);
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    const never = { kind: 'rate-limit', retryAfter: 60, times: Number.POSITIVE_INFINITY } as const;
    bench.workspace.fault({ method: 'conversations.history', ...never });
    const began = bench.now();
    bench.deliver();
    await bench.settled();
    expect(bench.outcomes()).toEqual(['put-off', 'undecided', 'sent']);
    expect(bench.now() - began).toBeGreaterThanOrEqual(4 * MINUTE);
    expect(bench.now() - began).toBeLessThanOrEqual(6 * MINUTE);
    expect(asked(bench).length).toBeLessThanOrEqual(6);
    const [first, second] = blocksOf(bench);
    expect([first, second]).toEqual([expect.not.stringMatching(REPEATED), expect.stringMatching(REPEATED)]);
  });
});
