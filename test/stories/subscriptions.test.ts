import { describe, expect } from '@jest/globals';
import { SAME_PRESS } from '../../src/slack/app/acts.ts';
import { OPS } from './harness/environment.ts';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';
import { addModels, addRunning, moves, subscribe, subscriptionsOf } from './harness/subscribing.ts';

async function shown(s: Story, says: string): Promise<string> {
  return await s.workspace.until(
    (workspace) => {
      const view = workspace.modal('ana');
      const text = view ? workspace.plainView(view.view) : '';
      return text.includes(says) ? text : null;
    },
    { what: `a modal that says ${says}` },
  );
}

describe('the list of subscriptions', () => {
  story('is for whoever asks alone, and of this channel alone', async (s) => {
    await s.start();
    await subscribe(s, 'firmware');
    await subscribe(s, 'software', 'iot-alerts');
    const { text, to } = await s.people.ask('wei', 'subscriptions');
    expect(to).toBe('wei');
    expect(text).toContain('*1 subscription here*');
    expect(text).toContain('`firmware on:failed,failing,stalled`');
    expect(text).not.toContain('software');
    expect(text).toMatch(/by @\w+ since/);
  });

  story('has a button that removes one: everybody is told, and the list follows', async (s) => {
    addRunning(s, 'op-1');
    await s.start();
    await subscribe(s, 'firmware');
    await subscribe(s, 'software');
    const list = await s.people.ask('wei', 'subscriptions');
    const [first] = s.workspace.ephemerals('wei').at(-1)?.blocks.flatMap(removeValue) ?? [];
    await s.people.pressOnly('wei', list, { label: 'Remove', value: first ?? '' });
    await s.told({
      to: 'everyone',
      says: ['*No longer told here* · `firmware on:', '1 subscription is left'],
    });
    const after = await s.told({ to: 'wei', says: ['*1 subscription here*', '`software'] });
    expect(after.text).not.toContain('firmware');
    await moves(s, 'op-1', 'failed');
  });

  story('removes nothing twice, and nothing of another channel', async (s) => {
    await s.start();
    const { answer } = await subscribe(s, 'firmware');
    const other = await subscribe(s, 'software', 'iot-alerts');
    Object.assign(removeButtonOf(other.answer.post.blocks), { value: removeValueOf(answer.post.blocks) });
    await s.people.pressOnly('ana', other.answer, { label: 'Remove' });
    await s.told({ in: 'iot-alerts', to: 'ana', says: ['This channel no longer has that subscription'] });
    expect(await subscriptionsOf(s)).toHaveLength(1);
    await s.people.pressOnly('ana', answer, { label: 'Remove' });
    await s.told({ in: OPS, to: 'everyone', says: ['*No longer told here*'] });
    s.clock.advance(SAME_PRESS);
    await s.people.pressOnly('ana', answer, { label: 'Remove' });
    await s.told({ in: OPS, to: 'ana', says: ['This channel no longer has that subscription'] });
  });
});

describe('editing a subscription', () => {
  story('in a form: what was is filled in, and everybody is told what changed', async (s) => {
    addRunning(s, 'op-1');
    await s.start();
    const person = s.workspace.person('wei').id;
    const line = `firmware on:failed,stalled mention:<@${person}>,@here failing:10%,20 quiet:02:00-02:01 zone:UTC`;
    const { answer } = await subscribe(s, line);
    const form = await s.people.open('ana', answer, 'Edit', 'Which tasks');
    for (const piece of ['[firmware]', '@here', '[10%,20]', '[02:00-02:01]', '[UTC]', 'failed', 'stalled'])
      expect(form).toContain(piece);
    await s.workspace.submitView({
      user: 'ana',
      values: {
        subscription_filter: 'firmware model:WM20',
        subscription_kinds: ['failed', 'succeeded'],
        subscription_people: [],
        subscription_groups: 'S0ONCALL01',
        subscription_failing: '',
        subscription_quiet: '',
        subscription_digest: '09:00',
      },
    });
    const told = await s.told({ kind: 'post', in: OPS, says: ['*Subscription changed*'] });
    expect(told.text).toContain('`firmware model:WM20 on:failed,succeeded` · calls group `S0ONCALL01`');
    expect(told.text).toContain('digest at 09:00 (`UTC`)');
    const saved = await shown(s, 'Subscription changed');
    expect(saved).toContain('this would have told nothing');
    expect(await subscriptionsOf(s)).toEqual(['firmware model:WM20 on:failed,succeeded']);
    await moves(s, 'op-1', 'success');
    await s.told({ kind: 'post', in: OPS, says: ['*succeeded*'] });
  });

  story('opens although Slack no longer knows somebody it calls', async (s) => {
    await s.start();
    const { answer } = await subscribe(s, 'firmware mention:<@U0LEFT1>');
    s.workspace.fault({ kind: 'error', method: 'views.open', error: 'invalid_arguments' });
    expect(await s.people.open('ana', answer, 'Edit', 'Which tasks')).toContain('[<@U0LEFT1>]');
    await s.workspace.submitView({ user: 'ana', values: { subscription_groups: '' } });
    await s.told({ kind: 'post', in: OPS, says: ['`firmware on:failed,failing,stalled`\nBefore:'] });
  });

  story('left as it was says nothing of hours', async (s) => {
    await s.start();
    const { answer } = await subscribe(s, 'firmware digest:09:00 zone:UTC');
    await s.people.open('ana', answer, 'Edit', 'Which tasks');
    await s.workspace.submitView({ user: 'ana' });
    const told = await s.told({ kind: 'post', in: OPS, says: ['*Subscribed already*'] });
    expect(told.text).not.toContain('digest at');
    await shown(s, 'Subscribed already');
  });

  story('with mistakes says them under their fields and saves nothing', async (s) => {
    await s.start();
    const { answer } = await subscribe(s, 'firmware');
    await s.people.open('ana', answer, 'Edit', 'Which tasks');
    const ack = await s.workspace.submitView({
      user: 'ana',
      values: {
        subscription_filter: 'faild',
        subscription_stalled: '2 hours',
        subscription_zone: 'Atlantis',
      },
    });
    expect(JSON.parse(ack.body)).toMatchObject({
      response_action: 'errors',
      errors: {
        subscription_filter: expect.stringContaining('Did you mean failed?'),
        subscription_stalled: expect.stringContaining('stalled:90m'),
        subscription_zone: expect.stringContaining('is no zone I know'),
      },
    });
    expect(await subscriptionsOf(s)).toEqual(['firmware on:failed,failing,stalled']);
  });

  story('to a filter that another one has, or when it is gone, changes nothing', async (s) => {
    addModels(s, 'A');
    await s.start();
    await subscribe(s, 'software model:A');
    const { answer } = await subscribe(s, 'firmware');
    await s.people.open('ana', answer, 'Edit', 'Which tasks');
    await s.workspace.submitView({ user: 'ana', values: { subscription_filter: 'model:A sw' } });
    await shown(s, 'This channel has a subscription with that filter already: `software model:A');
    await s.workspace.closeView({ user: 'ana' });
    await s.people.open('ana', answer, 'Edit', 'Which tasks');
    await s.people.ask('wei', 'unsubscribe firmware');
    await s.workspace.submitView({ user: 'ana', values: { subscription_kinds: ['created'] } });
    await shown(s, 'This channel no longer has that subscription');
    await s.people.pressOnly('ana', answer, { label: 'Edit' });
    await s.told({ to: 'ana', says: ['This channel no longer has that subscription'] });
    expect(await subscriptionsOf(s)).toEqual(['software model:A on:failed,failing,stalled']);
  });

  story('in a channel that was closed meanwhile changes nothing', async (s) => {
    await s.start();
    const { answer } = await subscribe(s, 'firmware');
    await s.people.open('ana', answer, 'Edit', 'Which tasks');
    s.workspace.changeChannel(OPS, { archived: true });
    await s.workspace.submitView({ user: 'ana', values: { subscription_kinds: ['created'] } });
    await shown(s, 'I cannot post here');
    expect(await subscriptionsOf(s)).toEqual(['firmware on:failed,failing,stalled']);
  });
});

function removeButtonOf(blocks: readonly object[]): object {
  const found = blocks
    .flatMap((block) => ('elements' in block ? (block.elements as readonly object[]) : []))
    .find((element) => Reflect.get(element, 'action_id') === 'subscription_remove');
  if (!found) throw new Error('there is no button to remove');
  return found;
}

function removeValueOf(blocks: readonly object[]): string {
  return String(Reflect.get(removeButtonOf(blocks), 'value'));
}

function removeValue(block: object): readonly string[] {
  return JSON.stringify(block).includes('subscription_remove') ? [removeValueOf([block])] : [];
}
