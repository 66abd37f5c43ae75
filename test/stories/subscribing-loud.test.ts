import { describe, expect } from '@jest/globals';
import { OPS } from './harness/environment.ts';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';
import { addModels, addRunning, moves, subscribe, subscriptionsOf } from './harness/subscribing.ts';

/** Failures are read one by one; how many calls that takes is another story. */
const loud = (name: string, tell: (s: Story) => Promise<void>) =>
  story(name, tell, { env: { IOT_CALLS_PER_MINUTE: '1000' }, behaviour: { callsPerMinute: null } });

/** More than a hundred failures, few enough at a time to be told one by one. */
async function manyFailures(s: Story): Promise<void> {
  for (let n = 0; n < 105; n += 1) addRunning(s, `op-${n}`);
  await s.start();
  for (let n = 0; n < 105; n += 1) {
    s.fleet.setStatus(`op-${n}`, 'failed');
    if (n % 5 === 4) await s.poll();
  }
}

async function ask(s: Story, line = 'failed') {
  const question = await s.people.ask('ana', `subscribe ${line}`);
  expect(question.to).toBe('ana');
  expect(question.text).toContain('*Nothing is saved yet: these are more than 100 messages a week.*');
  return question;
}

describe('a subscription that would have told very often', () => {
  loud('is not saved before somebody says yes, after a restart as well', async (s) => {
    await manyFailures(s);
    const question = await ask(s, 'failed mention:@here digest:09:00 zone:UTC');
    expect(question.text).toContain('this would have told 105 times: 105 failed.');
    expect(question.text).toContain(
      'To hear less, narrow it, such as `/upgrades subscribe on:failed model:…`',
    );
    expect((await s.people.ask('ana', 'subscriptions')).text).toContain('Nothing is told here');
    addRunning(s, 'op-new');
    await s.restart();
    await s.people.pressOnly('ana', question, { label: 'Subscribe' });
    const confirmation = await s.told({ kind: 'post', in: OPS, says: ['*Subscribed* · `on:failed`'] });
    expect(confirmation.text).toContain('digest at 09:00 (`UTC`)');
    const answer = await s.told({ to: 'ana', says: ['Saved; the channel was told', '105 times'] });
    expect(answer.text).not.toContain('Nothing is saved');
    expect(await subscriptionsOf(s)).toEqual(['on:failed']);
    await moves(s, 'op-new', 'failed');
    await s.told({ kind: 'post', in: OPS, says: ['op-new'] });
  });

  loud('is saved at once when it is narrowed, or when it tells nothing else than before', async (s) => {
    addModels(s, 'other');
    await manyFailures(s);
    await subscribe(s, 'failed model:other');
    await subscribe(s, 'on:succeeded');
    const question = await ask(s, 'on:all');
    expect(question.text).toContain('narrow it, such as `/upgrades subscribe on:failed`');
    await s.people.pressOnly('ana', question, { label: 'Subscribe' });
    await s.told({ kind: 'post', in: OPS, says: ['*Subscription changed* · `on:all`'] });
    await s.told({ to: 'ana', says: ['Saved'] });
    await subscribe(s, 'mention:@here');
    expect(await subscriptionsOf(s)).toEqual(['model:other on:failed', 'on:all']);
  });

  loud('asks in its form as well', async (s) => {
    await manyFailures(s);
    const { answer } = await subscribe(s, 'on:succeeded');
    await s.people.open('ana', answer, 'Edit', 'What is told of them');
    await s.workspace.submitView({ user: 'ana', values: { subscription_kinds: ['failed'] } });
    const asks = await shown(s, 'Nothing is saved yet');
    expect(asks).toContain('105 times');
    expect(await subscriptionsOf(s)).toEqual(['on:succeeded']);
    await s.workspace.pressInView({ user: 'ana', label: 'Subscribe' });
    await s.told({ kind: 'post', in: OPS, says: ['*Subscription changed* · `on:failed`'] });
    await shown(s, 'Saved; the channel was told');
    expect(await subscriptionsOf(s)).toEqual(['on:failed']);
    await s.workspace.closeView({ user: 'ana' });
    await s.people.open('ana', answer, 'Edit', 'What is told of them');
    await s.workspace.submitView({ user: 'ana', values: { subscription_kinds: ['failed', 'created'] } });
    await shown(s, 'Nothing is saved yet');
    await s.workspace.pressInView({ user: 'ana', label: 'Cancel' });
    await shown(s, 'Nothing was saved.');
    expect(await subscriptionsOf(s)).toEqual(['on:failed']);
  });

  loud('is not saved after a no, nor by a button that carries something else', async (s) => {
    await manyFailures(s);
    const first = await ask(s);
    await s.people.pressOnly('ana', first, { label: 'Cancel' });
    await s.told({ to: 'ana', says: ['Nothing was saved.'] });
    expect((await s.people.ask('ana', 'subscriptions')).text).toContain('Nothing is told here');
    const question = await ask(s);
    const before = s.workspace.apiCalls.filter(({ method }) => method === 'chat.postMessage').length;
    // Forged: the workspace signs whatever is pressed.
    Object.assign(findValue(question.post.blocks, 'subscription_save'), { value: '- on:nonsense' });
    await s.people.pressOnly('ana', question, { label: 'Subscribe' });
    await s.told({ to: 'ana', says: ['I cannot read the subscription of this button'] });
    await s.log.until(({ reason }) => reason === 'unreadable-value', 'that the button could not be read');
    const after = s.workspace.apiCalls.filter(({ method }) => method === 'chat.postMessage').length;
    expect(after).toBe(before);
  });
});

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

function findValue(blocks: readonly object[], actionId: string): object {
  const elements = blocks.flatMap((block) =>
    'elements' in block ? (block.elements as readonly object[]) : [],
  );
  const found = elements.find((element) => Reflect.get(element, 'action_id') === actionId);
  if (!found) throw new Error(`there is no ${actionId}`);
  return found;
}
