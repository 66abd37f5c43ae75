import { describe, expect } from '@jest/globals';
import { OPS } from './harness/environment.ts';
import { story } from './harness/story.ts';
import { addRunning, moves, subscribe } from './harness/subscribing.ts';

describe('why a channel was told of a task', () => {
  story('or not: before it subscribed, by kind, by filter', async (s) => {
    addRunning(s, 'old');
    await s.start();
    await moves(s, 'old', 'failed');
    await subscribe(s, 'firmware failed');
    addRunning(s, 'told');
    addRunning(s, 'soft', { type: 'software_upgrade' });
    await s.poll();
    await moves(s, 'told', 'failed');
    await s.told({ kind: 'post', in: OPS, says: ['`told`'] });
    await moves(s, 'soft', 'failed');
    const told = await s.people.ask('ana', 'why told');
    expect(told.to).toBe('ana');
    expect(told.text).toMatch(/\*created\* .*\n\*not told\*: .*\(`kind-not-wanted`\)/);
    expect(told.text).toMatch(
      /\*failed\* .*\ntold .*, (?:at once|.* after it happened): .*\(`first-notification`\)/,
    );
    const soft = await s.people.ask('ana', 'why task:soft');
    expect(soft.text).toContain('the task does not fit `firmware` (`filter-does-not-match`)');
    const old = await s.people.ask('ana', 'why old');
    expect(old.text).toContain('this channel had no subscription yet (`not-subscribed-then`)');
    const elsewhere = await s.people.ask('ana', 'why told', 'iot-alerts');
    expect(elsewhere.text).not.toContain('kind-not-wanted');
    expect(elsewhere.text).toContain('not-subscribed-then');
  });

  story('while it is muted, and of a task nobody has seen', async (s) => {
    addRunning(s, 'op-1');
    await s.start();
    await subscribe(s, 'on:failing,recovered');
    s.fleet.finishDevices('op-1', { success: 8, fail: 4 });
    await s.poll();
    const root = await s.told({ kind: 'post', in: OPS, says: ['op-1'] });
    await s.people.press('ana', root, { actionId: 'task_mute', selected: '8h' });
    await s.edited(root, ['Muted']);
    await moves(s, 'op-1', 'failed');
    await s.edited(root, ['*failed*']);
    const { text } = await s.people.ask('ana', 'why op-1');
    expect(text).toMatch(/\*failed\* .*\n\*waits\* for the end of the mute: .*\(`muted`\)/);
    expect((await s.people.ask('ana', 'why nobody-knows')).text).toContain(
      'I have never seen an upgrade task with the id nobody-knows.',
    );
    expect((await s.people.ask('ana', 'why')).text).toContain('followed by the id of one task');
  });

  story('to which nothing happened', async (s) => {
    addRunning(s, 'op-1');
    await s.start();
    const { text } = await s.people.ask('ana', 'why op-1');
    expect(text).toContain('Nothing happened to it since I watch it');
  });
});
