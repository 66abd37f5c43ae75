import { describe, expect } from '@jest/globals';
import { alertsTo, OPS } from './harness/environment.ts';
import { story } from './harness/story.ts';
import { addRunning, moves, subscribe } from './harness/subscribing.ts';

const ALERTS = 'iot-alerts';

describe('a running task that ends in a status no document names', () => {
  story('is reported as ended, with the word, once, and not asked for again', async (s) => {
    addRunning(s, 'op-1');
    await s.start(alertsTo(s));
    await s.told({ kind: 'post', in: OPS, says: ['I watch 1 upgrade task'] });
    await subscribe(s, 'on:stalled', ALERTS);
    await moves(s, 'op-1', 'archived');
    const root = await s.told({ kind: 'post', in: OPS, thread: null, says: ['ended as “archived”', 'op-1'] });
    expect((await s.people.ask('ana', 'task:op-1', ALERTS)).text).toContain('archived');
    const before = s.platform.calls.length;
    await s.poll();
    const asked = s.platform.calls.slice(before).filter(({ path }) => path.includes('op-1'));
    expect(asked).toEqual([]);
    await moves(s, 'op-1', 'processing');
    await s.told({ kind: 'post', in: OPS, thread: root.post.ts, says: ['started', 'op-1'] });
    await s.edited(root, ['running']);
  });

  story('is shown in the channel as well where it has a thread already', async (s) => {
    addRunning(s, 'op-1');
    await s.start();
    await subscribe(s, 'failing,succeeded mention:@here');
    s.fleet.finishDevices('op-1', { fail: 12 });
    await s.poll();
    const root = await s.told({ kind: 'post', in: OPS, thread: null, says: ['begins to fail', 'op-1'] });
    await moves(s, 'op-1', '*archived* <!channel>');
    const reply = await s.told({
      kind: 'post',
      thread: root.post.ts,
      broadcast: true,
      says: ['@here', 'ended as “∗archived∗'],
    });
    expect(JSON.stringify(reply.post)).not.toContain('<!channel');
    await s.edited(root, ['ended as “∗archived∗']);
  });
});
