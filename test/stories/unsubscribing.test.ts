import { describe, expect } from '@jest/globals';
import { OPS } from './harness/environment.ts';
import { story } from './harness/story.ts';
import { addModels, addRunning, moves, subscribe, subscriptionsOf } from './harness/subscribing.ts';

describe('unsubscribing a channel', () => {
  story('from its only subscription: told to everybody, and silent from then on', async (s) => {
    for (const id of ['op-1', 'op-2']) addRunning(s, id);
    await s.start();
    await subscribe(s, 'failed digest:09:00');
    await moves(s, 'op-1', 'failed');
    const root = await s.told({ kind: 'post', in: OPS, says: ['op-1'] });
    const { text, to } = await s.people.ask('wei', 'unsubscribe');
    expect(to).toBe('everyone');
    expect(text).toContain('*No longer told here* · `on:failed` · all tasks');
    expect(text).toContain('Nothing is told here any more; quiet hours and the digest ended as well.');
    await moves(s, 'op-2', 'failed');
    // Its thread goes on: people talk there.
    s.fleet.retryTask('op-1');
    await s.poll();
    await s.told({ kind: 'post', in: OPS, thread: root.post.ts, says: ['recovered'] });
    await s.edited(root, ['running']);
  });

  story('with several asks which, by buttons or by words', async (s) => {
    addModels(s, 'A', 'B');
    await s.start();
    await subscribe(s, 'firmware');
    await subscribe(s, 'software model:A,B');
    const which = await s.people.ask('ana', 'unsubscribe');
    expect(which.to).toBe('ana');
    expect(which.text).toContain('Nothing was removed: say which');
    expect(which.text).toContain('`/upgrades unsubscribe all` ends everything');
    expect(await subscriptionsOf(s)).toHaveLength(2);
    const done = await s.people.ask('ana', 'unsubscribe model:B,A sw');
    expect(done.text).toContain('1 subscription is left');
    expect(await subscriptionsOf(s)).toEqual(['firmware on:failed,failing,stalled']);
  });

  story('from a filter it does not have says which there are', async (s) => {
    await s.start();
    expect((await s.people.ask('ana', 'unsubscribe')).text).toContain('Nothing is told here');
    await subscribe(s, 'firmware');
    const { text, to } = await s.people.ask('ana', 'unsubscribe software');
    expect(to).toBe('ana');
    expect(text).toContain('no subscription here has that filter. These there are:');
    expect(text).toContain('`firmware on:failed,failing,stalled`');
  });

  story('from one kind of change only', async (s) => {
    for (const id of ['op-1', 'op-2']) addRunning(s, id);
    await s.start();
    await subscribe(s, 'on:failed,succeeded');
    const fewer = await s.people.ask('ana', 'unsubscribe succeeded');
    expect(fewer.to).toBe('everyone');
    expect(fewer.text).toContain('*No longer told here: succeeded*');
    expect(fewer.text).toContain('Left is `on:failed`');
    const none = await s.people.ask('ana', 'unsubscribe stalled');
    expect(none.to).toBe('ana');
    expect(none.text).toContain('Nothing was changed: `on:stalled` is not told here.');
    await moves(s, 'op-1', 'success');
    await moves(s, 'op-2', 'failed');
    await s.told({ kind: 'post', in: OPS, says: ['op-2'] });
    expect((await s.people.ask('ana', 'unsubscribe failed')).text).toContain('Nothing is told here any more');
  });

  story('from everything, and of hours by subscribing', async (s) => {
    await s.start();
    await subscribe(s, 'firmware quiet:02:00-02:01');
    await subscribe(s, 'software');
    const hint = await s.people.ask('ana', 'unsubscribe quiet:off');
    expect(hint.to).toBe('ana');
    expect(hint.text).toContain('`/upgrades subscribe quiet:off`');
    const { text } = await s.people.ask('ana', 'unsubscribe all');
    expect(text).toContain('*No longer told here* · 2 subscriptions');
    expect((await s.people.ask('ana', 'subscriptions')).text).toContain('Nothing is told here');
    await s.restart();
    expect((await s.people.ask('ana', 'subscriptions')).text).toContain('Nothing is told here');
  });

  story('with a mistake removes nothing', async (s) => {
    await s.start();
    await subscribe(s, 'firmware');
    const { text, to } = await s.people.ask('ana', 'unsubscribe firmwar');
    expect(to).toBe('ana');
    expect(text).toContain('Did you mean `firmware`?');
    expect(await subscriptionsOf(s)).toHaveLength(1);
  });
});
