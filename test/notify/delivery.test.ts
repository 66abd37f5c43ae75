import { describe, expect, test } from '@jest/globals';
import { failed, runs, setUp } from './bench.ts';

const ENDED = ['failed', 'succeeded', 'stopped'] as const;

describe('what one cycle found', () => {
  test('comes in order, one post a second in each channel, channels side by side', async () => {
    await using bench = await setUp();
    const other = bench.workspace.channelInfo('iot-alerts').id;
    await bench.subscribe(bench.channel, ENDED);
    await bench.subscribe(other, ENDED);
    await bench.see(failed('op-1'), failed('op-2'), failed('op-3'));
    await bench.see(failed('op-4'));
    bench.deliver();
    await bench.settled();
    expect(bench.workspace.rateLimited).toEqual([]);
    for (const channel of [bench.channel, other]) {
      const posts = bench.workspace.posts.filter((post) => post.channel === channel);
      expect(posts.map(({ text }) => /op-\d/.exec(text)?.[0])).toEqual(['op-1', 'op-2', 'op-3', 'op-4']);
      const gaps = posts.slice(1).map(({ at }, index) => at - (posts[index]?.at ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    }
    expect(bench.outcomes()).toEqual(Array(8).fill('sent'));
    expect(bench.workspace.violations).toEqual([]);
  });

  test('keeps the pace when a notification comes in just after the last one was sent', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ENDED);
    const delivery = bench.deliver();
    for (const id of ['op-1', 'op-2', 'op-3']) {
      await bench.see(failed(id));
      delivery.wake();
      await bench.settled();
    }
    expect(bench.seen()).toHaveLength(3);
    expect(bench.workspace.rateLimited).toEqual([]);
    const times = bench.workspace.posts.map(({ at }) => at);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  test('carries its id in the metadata and says nothing else there', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'));
    bench.deliver();
    await bench.settled();
    const [notification] = await bench.notifications();
    const [message] = bench.workspace.channel(bench.channel);
    expect(message?.metadata).toEqual({
      event_type: 'upgrade_notification',
      event_payload: { id: notification?.id },
    });
    expect(notification).toMatchObject({ state: 'sent', ts: message?.ts, attempts: 1, doubtful: 0 });
    expect(bench.events).toMatchObject([{ kind: 'failed', outcome: 'sent' }]);
  });

  test('a storm is one summary with everybody named in its thread', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ENDED);
    await bench.see(...Array.from({ length: 45 }, (_, index) => failed(`op-${index}`)));
    bench.deliver();
    await bench.settled();
    const [summary, ...others] = bench.seen();
    expect(others).toEqual([]);
    expect(summary?.replies).toHaveLength(3);
    const named = summary?.replies.join('\n').match(/op-\d+/g);
    expect(new Set(named).size).toBe(45);
  });
});

describe('a task that moves on', () => {
  test('has its story in the thread, the loud parts shown in the channel, and its root up to date', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    const delivery = bench.deliver();
    const steps = [runs('op-1'), runs('op-1', { failed: 12, running: 8 }), failed('op-1'), runs('op-1')];
    for (const step of steps) {
      await bench.see(step);
      delivery.wake();
      await bench.settled();
    }
    const [root] = bench.workspace.channel(bench.channel);
    expect(root?.replies.map(({ broadcast, text }) => [broadcast, text.split(' (')[0]])).toEqual([
      [true, expect.stringContaining('begins to fail')],
      [true, expect.stringContaining('failed')],
      [false, expect.stringMatching(/recovered|again/)],
    ]);
    expect(root?.edits).toBe(3);
    expect(root?.text).toMatch(/running/);
    // The edit carries all of it: no metadata is lost, no block is left out.
    expect(root?.metadata).not.toBeNull();
    expect(root?.blocks.length).toBeGreaterThan(0);
  });

  test('many times while nobody could be told is edited once, to the newest state', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    const delivery = bench.deliver();
    await bench.see(runs('op-1'));
    delivery.wake();
    await bench.settled();
    await delivery.stop();
    for (let success = 1; success <= 9; success += 1) {
      await bench.see(runs('op-1', { succeeded: success, running: 20 - success }));
    }
    bench.deliver();
    await bench.settled();
    expect(bench.calls('chat.update')).toBe(1);
    const [root] = bench.workspace.channel(bench.channel);
    expect(root?.edits).toBe(1);
    expect(JSON.stringify(root?.blocks)).toMatch(/\b9\b/);
    expect(root?.replies).toEqual([]);
  });

  test('without showing anything new is not edited', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    await bench.see(runs('op-1'));
    const delivery = bench.deliver();
    await bench.settled();
    const { id } = await bench.store.db.selectFrom('message').select('id').executeTakeFirstOrThrow();
    await bench.store.db.updateTable('message').set({ wanted_version: 7 }).where('id', '=', id).execute();
    delivery.wake();
    await bench.settled();
    expect(bench.calls('chat.update')).toBe(0);
  });

  test('from a failure before its root was sent is told by a root that says both', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ENDED);
    await bench.see(failed('op-1'));
    await bench.see(runs('op-1', { failed: 1, running: 19 }));
    const delivery = bench.deliver();
    await bench.settled();
    const [root] = bench.workspace.channel(bench.channel);
    expect(root?.text).toMatch(/running \(op-1\).*Earlier: failed with 20 devices, retried; now 1 failed\./);
    expect(root?.replies.map(({ text }) => text)).toEqual([expect.stringContaining('recovered')]);
    // And goes on saying so.
    await bench.see({
      operationId: 'op-1',
      status: 'succeeded',
      tally: { total: 20, succeeded: 20, failed: 0 },
    });
    delivery.wake();
    await bench.settled();
    expect(bench.seen()[0]?.text).toMatch(
      /succeeded \(op-1\).*Earlier: failed with 20 devices; none failed now\./,
    );
  });

  test('before its root was sent is told by a root that shows it already', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    await bench.see(runs('op-1'));
    await bench.see(failed('op-1'));
    bench.deliver();
    await bench.settled();
    const [root] = bench.workspace.channel(bench.channel);
    expect(root?.text).toMatch(/failed/);
    expect([root?.edits, root?.replies.length]).toEqual([0, 1]);
  });
});

describe('a delivery that is stopped', () => {
  test('finishes and records what is being sent and takes nothing new', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'), failed('op-2'));
    const slow = bench.workspace.fault({ method: 'chat.postMessage', kind: 'delay', milliseconds: 100 });
    const delivery = bench.deliver();
    await bench.until(() => slow.remaining === 0);
    await delivery.stop();
    expect((await bench.notifications()).map(({ state }) => state)).toEqual(['sent', 'pending']);
    expect(bench.seen()).toHaveLength(1);
    delivery.wake();
    await delivery.stop();
    expect(bench.calls('chat.postMessage')).toBe(1);
    bench.deliver();
    await bench.settled();
    expect(bench.seen()).toHaveLength(2);
  });
});
