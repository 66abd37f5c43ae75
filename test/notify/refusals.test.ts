import { describe, expect, test } from '@jest/globals';
import { startWorkspace } from '../../sandbox/workspace/start-workspace.ts';
import { retryClosedChannel } from '../../src/notify/reopen-channels.ts';
import { readSuspendedChannels, resumeChannel } from '../../src/store/subscription/suspension.ts';
import { failed, MINUTE, runs, setUp, story } from './bench.ts';

describe('a limit of Slack', () => {
  test('is honoured, and nothing is lost or told twice', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'), failed('op-2'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'rate-limit', retryAfter: 20 });
    const began = bench.now();
    bench.deliver();
    await bench.settled();
    expect(bench.seen()).toHaveLength(2);
    expect(bench.outcomes()).toEqual(['put-off', 'sent', 'sent']);
    expect((bench.workspace.posts[0]?.at ?? 0) - began).toBeGreaterThanOrEqual(20_000);
  });

  test('on edits is honoured, and holds up no notification', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    const delivery = bench.deliver();
    await bench.see(runs('op-1'));
    delivery.wake();
    await bench.settled();
    await bench.see(runs('op-1', { succeeded: 1, running: 19 }));
    bench.workspace.fault({ method: 'chat.update', kind: 'rate-limit', retryAfter: 60 });
    const began = bench.now();
    delivery.wake();
    await bench.until(() => bench.calls('chat.update') === 1);
    await bench.see(failed('op-2'));
    // The lane goes on while that is written, and how far its clock gets meanwhile is the machine's affair.
    const written = bench.now();
    delivery.wake();
    await bench.settled();
    const posted = bench.workspace.posts.find(({ text }) => text.includes('op-2'));
    expect((posted?.at ?? 0) - written).toBeLessThan(10_000);
    expect(bench.workspace.channel(bench.channel)[0]?.edits).toBe(1);
    expect(bench.now() - began).toBeGreaterThanOrEqual(60_000);
  });

  test('on edits lets a notification pass as soon as it is there', async () => {
    await using bench = await setUp({ postRate: 'off' });
    await bench.subscribe(bench.channel);
    // Nobody's time goes on: only who is woken does.
    const delay = (_milliseconds: number, signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const delivery = bench.deliver(bench.client(), { postGap: 0, delay });
    await bench.see(runs('op-1'));
    delivery.wake();
    await bench.settled();
    await bench.see(runs('op-1', { succeeded: 1, running: 19 }));
    bench.workspace.fault({ method: 'chat.update', kind: 'rate-limit', retryAfter: 60 });
    delivery.wake();
    await bench.until(() => bench.calls('chat.update') === 1);
    await bench.see(failed('op-2'));
    delivery.wake();
    await bench.until(() => bench.seen().length === 2);
  });

  test('on the edit of one root lets the edits of the others pass', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    const delivery = bench.deliver();
    await bench.see(runs('op-1'), runs('op-2'));
    delivery.wake();
    await bench.settled();
    await bench.see(runs('op-1', { succeeded: 1, running: 19 }), runs('op-2', { succeeded: 1, running: 19 }));
    const fault = bench.workspace.fault({ method: 'chat.update', kind: 'error', error: 'internal_error' });
    delivery.wake();
    await bench.settled();
    expect(fault.remaining).toBe(0);
    const tried = bench.workspace.apiCalls
      .filter(({ method }) => method === 'chat.update')
      .map(({ params }) => params.ts);
    // The one that failed was tried again after the other, not before it.
    expect(tried).toHaveLength(3);
    expect(tried[2]).toBe(tried[0]);
    expect(tried[1]).not.toBe(tried[0]);
  });
});

describe('a Slack that is not there', () => {
  test('is told everything once when it is back', async () => {
    const gone = await startWorkspace();
    const { apiUrl } = gone;
    await gone.close();
    await using bench = await setUp();
    await bench.subscribe('iot-ops');
    await bench.see(failed('op-1'), failed('op-2'));
    bench.deliver(bench.client({ apiUrl }));
    await bench.until(() => bench.events.length === 3);
    expect(bench.outcomes()).toEqual(['put-off', 'put-off', 'put-off']);
    // Nothing left the machine, so nothing is looked for: the notification simply waits, longer each time.
    await bench.until(async () => (await bench.notifications()).every(({ state }) => state === 'pending'));
    const back = await startWorkspace({ port: Number(new URL(apiUrl).port), postRate: 'off' });
    await bench.settled();
    expect(back.channel('iot-ops').map(({ text }) => /op-\d/.exec(text)?.[0])).toEqual(['op-1', 'op-2']);
    expect(back.apiCalls.map(({ method }) => method)).toEqual(['chat.postMessage', 'chat.postMessage']);
    await back.close();
  });

  test('a token that is refused is tried again a minute later, and everything waits', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'error', error: 'token_revoked', times: 3 });
    const began = bench.now();
    bench.deliver();
    await bench.settled();
    expect(bench.seen()).toHaveLength(1);
    expect(bench.now() - began).toBeGreaterThanOrEqual(3 * 60_000);
    expect(await readSuspendedChannels(bench.store.db)).toEqual(new Set());
  });
});

describe('a channel that is closed to the bot', () => {
  test.each([
    ['archived', { archived: true }, 'is_archived'],
    ['left', { botIsMember: false }, 'channel_not_found'],
  ])(
    '%s: everything is kept, its maker is told once, and other channels go on',
    async (_name, change, reason) => {
      await using bench = await setUp();
      const other = bench.workspace.channelInfo('iot-alerts').id;
      const closed = bench.workspace.channelInfo('iot-private').id;
      await bench.subscribe(closed, ['failed']);
      await bench.subscribe(other, ['failed']);
      bench.workspace.changeChannel(closed, change);
      await bench.see(failed('op-1'), failed('op-2'));
      const delivery = bench.deliver();
      await bench.settled();
      await bench.see(failed('op-3'));
      delivery.wake();
      await bench.settled();
      expect(bench.seen(closed)).toEqual([]);
      expect(bench.seen(other)).toHaveLength(3);
      const kept = (await bench.notifications()).filter(({ channel }) => channel === closed);
      expect(kept.map(({ state }) => state)).toEqual(['suspended', 'suspended', 'suspended']);
      const direct = bench.seen((await bench.workspace.directChannel('ana')).id);
      expect(direct).toEqual([{ text: expect.stringContaining(reason), replies: [] }]);
      expect(direct[0]?.text).toContain(`<#${closed}>`);

      bench.workspace.changeChannel(closed, { archived: false, botIsMember: true });
      await resumeChannel(bench.store.db, closed);
      await bench.release();
      delivery.wake();
      await bench.settled();
      expect(await story(bench, closed)).toEqual([
        ['suspended: failed op-1, failed op-2, failed op-3', 'part: failed op-1, failed op-2, failed op-3'],
      ]);
    },
  );

  test('shows the present state in its old roots when it is open again', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ['created']);
    const delivery = bench.deliver();
    await bench.see(runs('op-1'));
    delivery.wake();
    await bench.settled();
    bench.workspace.changeChannel(bench.channel, { archived: true });
    await bench.see(failed('op-1'));
    delivery.wake();
    await bench.settled();
    expect(bench.seen()).toEqual([{ text: expect.stringMatching(/running/), replies: [] }]);
    bench.workspace.changeChannel(bench.channel, { archived: false });
    await resumeChannel(bench.store.db, bench.channel);
    await bench.release();
    delivery.wake();
    await bench.settled();
    expect(bench.seen()).toEqual([{ text: expect.stringMatching(/failed/), replies: [expect.any(String)] }]);
  });

  test('and stays closed is tried again without telling its maker every time, but anew when it closed anew', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    const direct = async () => bench.seen((await bench.workspace.directChannel('ana')).id).length;
    const retry = async () => {
      bench.advance(10 * MINUTE);
      await retryClosedChannel(bench.store.db, bench.channel, bench.now());
      await bench.release();
      const delivery = bench.deliver();
      await bench.settled();
      await delivery.stop();
    };
    bench.workspace.changeChannel(bench.channel, { archived: true });
    await bench.see(failed('op-1'), failed('op-2'));
    for (let time = 0; time < 4; time += 1) await retry();
    expect(bench.calls('chat.postMessage')).toBeGreaterThan(4);
    expect(await direct()).toBe(1);
    bench.workspace.changeChannel(bench.channel, { archived: false });
    await retry();
    expect(await story(bench)).toHaveLength(1);
    bench.workspace.changeChannel(bench.channel, { archived: true });
    await bench.see(failed('op-3'));
    await retry();
    expect(await direct()).toBe(2);
  });

  test('a maker who cannot be told either stops nothing', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'error', error: 'is_archived', times: 2 });
    bench.deliver();
    await bench.until(() => bench.events.length > 0);
    expect(bench.outcomes()).toEqual(['kept-back']);
    expect(bench.calls('chat.postMessage')).toBe(2);
  });
});

describe('a message that Slack does not take as it is', () => {
  test('with blocks it does not know is told as text, and kept up to date as text', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ['created']);
    await bench.see(runs('op-1'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'error', error: 'invalid_blocks' });
    const delivery = bench.deliver();
    await bench.settled();
    expect(bench.outcomes()).toEqual(['sent-as-text']);
    expect(bench.workspace.channel(bench.channel)).toMatchObject([
      { blocks: [], text: expect.stringMatching(/running/) },
    ]);
    const [refused, taken] = bench.workspace.apiCalls;
    expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
    bench.workspace.fault({ method: 'chat.update', kind: 'error', error: 'invalid_blocks' });
    await bench.see(failed('op-1'));
    delivery.wake();
    await bench.settled();
    expect(bench.workspace.channel(bench.channel)).toMatchObject([
      { blocks: [], edits: 1, text: expect.stringMatching(/failed/) },
    ]);
  });

  test('in any form is kept back alone; the next one passes', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'), failed('op-2'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'error', error: 'msg_too_long', times: 2 });
    bench.deliver();
    await bench.settled();
    expect(bench.outcomes()).toEqual(['kept-back', 'sent']);
    expect((await bench.notifications()).map(({ state }) => state)).toEqual(['refused', 'sent']);
    expect(await readSuspendedChannels(bench.store.db)).toEqual(new Set());
  });

  test('as blocks, and its channel is closed before it is sent as text, is kept', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    await bench.see(failed('op-1'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'error', error: 'invalid_blocks' });
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'error', error: 'is_archived' });
    bench.deliver();
    await bench.until(() => bench.events.length > 0);
    await bench.settled();
    expect((await bench.notifications()).map(({ state }) => state)).toEqual(['suspended']);
    expect(await readSuspendedChannels(bench.store.db)).toEqual(new Set([bench.channel]));
  });

  test('in any form, as the first of its task, does not leave the next without a message of its own', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel);
    await bench.see(runs('op-1'));
    await bench.see(failed('op-1'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'error', error: 'msg_too_long', times: 2 });
    bench.deliver();
    await bench.settled();
    expect(await story(bench)).toEqual([['failed op-1']]);
    await bench.see(runs('op-1'));
    bench.deliver();
    await bench.settled();
    expect(await story(bench)).toEqual([['failed op-1', 'recovered op-1']]);
  });
});
