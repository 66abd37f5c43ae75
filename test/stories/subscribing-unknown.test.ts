import { describe, expect } from '@jest/globals';
import { OPS } from './harness/environment.ts';
import { story } from './harness/story.ts';
import { addModels, addRunning, moves, subscribe, subscriptionsOf } from './harness/subscribing.ts';

const ASKS = 'Nothing is saved yet: this filter names something that no upgrade task has had so far.';

describe('a subscription to what no task carries', () => {
  story('is not saved before somebody has seen it, and is offered with the nearest known name', async (s) => {
    addModels(s, 'WM20', 'WM31', 'Gateway');
    addRunning(s, 'op-1', { targets: { model: 'WM20' } });
    await s.start();
    const question = await s.people.ask('ana', 'subscribe model:WM21 failed');
    expect(question.to).toBe('ana');
    expect(question.text).toContain(ASKS);
    expect(question.text).toContain('No model `WM21`. Known: `WM20`, `WM31`, `Gateway`.');
    expect(question.text).toContain('With the nearest known: `model:WM20 on:failed`');
    expect((await s.people.ask('ana', 'subscriptions')).text).toContain('Nothing is told here');
    await s.people.pressOnly('ana', question, { label: 'Use WM20' });
    await s.told({ kind: 'post', in: OPS, says: ['*Subscribed* · `model:WM20 on:failed`'] });
    await s.told({ to: 'ana', says: ['Saved'] });
    await moves(s, 'op-1', 'failed');
    await s.told({ kind: 'post', in: OPS, says: ['op-1'] });
  });

  story('is saved as typed where that is wanted, or not at all', async (s) => {
    addModels(s, 'WM20');
    await s.start();
    const new_ = await s.people.ask('ana', 'subscribe group:"North wing" device:dev-9 failed');
    expect(new_.text).toContain('No group `North wing`.');
    expect(new_.text).toContain('No device `dev-9`.');
    await s.people.pressOnly('ana', new_, { label: 'Cancel' });
    await s.told({ to: 'ana', says: ['Nothing was saved'] });
    const again = await s.people.ask('ana', 'subscribe model:WM99 failed');
    await s.people.pressOnly('ana', again, { label: 'Subscribe as typed' });
    await s.told({ kind: 'post', in: OPS, says: ['*Subscribed* · `model:WM99 on:failed`'] });
    await s.told({ to: 'ana', says: ['Saved'] });
    // What is there already is not asked about again.
    await subscribe(s, 'model:wm99 on:all');
    expect(await subscriptionsOf(s)).toEqual(['model:WM99 on:all']);
  });

  story('keeps, with the nearest name, what the subscription of that name says already', async (s) => {
    addModels(s, 'WM20');
    await s.start();
    await subscribe(s, 'model:WM20 on:all mention:@here');
    const question = await s.people.ask('ana', 'subscribe model:WM21 stalled:2h');
    expect(question.text).toContain(
      'With the nearest known: `model:WM20 on:all stalled:2h` · calls everybody',
    );
    await s.people.pressOnly('ana', question, { label: 'Use WM20' });
    await s.told({
      kind: 'post',
      in: OPS,
      says: ['*Subscription changed*', '`model:WM20 on:all stalled:2h`'],
    });
    await s.told({ to: 'ana', says: ['Saved'] });
  });

  story('is asked about in the window it is edited in as well', async (s) => {
    addModels(s, 'WM20');
    await s.start();
    await subscribe(s, 'failed');
    const list = await s.people.ask('ana', 'subscriptions');
    await s.people.pressOnly('ana', list, { label: 'Edit' });
    const modal = await s.workspace.until((seen) => seen.modal('ana'));
    const values = { subscription_filter: 'model:WM2O', subscription_kinds: ['failed'] };
    await s.workspace.submitView({ user: 'ana', viewId: modal.id, values });
    await s.workspace.until((seen) => {
      const shown = seen.modal('ana');
      return shown && seen.plainView(shown.view).includes(ASKS);
    });
    expect(await subscriptionsOf(s)).toEqual(['on:failed']);
    await s.workspace.pressInView({ user: 'ana', label: 'Use WM20' });
    await s.told({ kind: 'post', in: OPS, says: ['*Subscription changed*', '`model:WM20 on:failed`'] });
    expect(await subscriptionsOf(s)).toEqual(['model:WM20 on:failed']);
  });

  story('is asked about where the bot is mentioned, and the press is checked again', async (s) => {
    addModels(s, 'WM20');
    await s.start();
    const text = 'subscribe failed model:WM21 mention:@here';
    const asked = async () => {
      await s.workspace.mention({ user: 'ana', channel: OPS, text });
      return await s.told({ kind: 'ephemeral', in: OPS, to: 'ana', says: [ASKS] });
    };
    const questions = { 'Use WM20': await asked(), 'Subscribe as typed': await asked() };
    await s.restart({ ALLOWED_USERGROUPS_MENTION: 'none' });
    for (const [label, question] of Object.entries(questions)) {
      await s.people.pressOnly('ana', question, { label });
      await s.told({ to: 'ana', says: ['allow nobody to have user groups'] });
    }
    expect(await subscriptionsOf(s)).toEqual([]);
  });

  story('is no question where only the spelling is another one', async (s) => {
    addModels(s, 'WM-20');
    await s.start();
    addRunning(s, 'op-2', { targets: { model: 'WM-20' } });
    await s.poll();
    await subscribe(s, 'model:ｗｍ–20 failed');
    await moves(s, 'op-2', 'failed');
    await s.told({ kind: 'post', in: OPS, says: ['op-2'] });
  });
});
