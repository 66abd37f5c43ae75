import { describe, expect } from '@jest/globals';
import { OPS } from './harness/environment.ts';
import { story } from './harness/story.ts';
import { addModels, addRunning, moves, subscribe, subscriptionsOf } from './harness/subscribing.ts';

describe('subscribing a channel', () => {
  story('alone: it hears of failures from then on, and of nothing else', async (s) => {
    for (const id of ['op-1', 'op-2', 'op-3']) addRunning(s, id);
    await s.start();
    await moves(s, 'op-1', 'failed');
    const { answer, confirmation } = await subscribe(s, '');
    expect(confirmation.text).toContain('*Subscribed* · `on:failed,failing,stalled` · all tasks');
    expect(answer.to).toBe('ana');
    expect(answer.text).toContain('this would have told once: 1 failed.');
    expect(answer.text).toContain('`op-1`');
    await moves(s, 'op-2', 'success');
    await moves(s, 'op-3', 'failed');
    await s.told({ kind: 'post', in: OPS, says: ['*failed*', 'op-3'] });
  });

  story('with a filter and kinds: only what was asked for', async (s) => {
    for (const id of ['fw-1', 'fw-2']) addRunning(s, id);
    for (const id of ['sw-1', 'sw-2']) addRunning(s, id, { type: 'software_upgrade' });
    await s.start();
    await subscribe(s, 'firmware on:succeeded');
    await subscribe(s, 'sw failed');
    expect(await subscriptionsOf(s)).toEqual(['firmware on:succeeded', 'software on:failed']);
    for (const id of ['fw-1', 'sw-1']) await moves(s, id, 'failed');
    for (const id of ['fw-2', 'sw-2']) await moves(s, id, 'success');
    await s.told({ kind: 'post', in: OPS, says: ['*failed*', 'sw-1'] });
    await s.told({ kind: 'post', in: OPS, says: ['*succeeded*', 'fw-2'] });
  });

  story('with somebody to call: the notification calls them, the confirmation does not', async (s) => {
    addRunning(s, 'op-1');
    await s.start();
    const { confirmation } = await subscribe(s, 'mention:<!subteam^S0ONCALL01|@iot-oncall>,@here');
    expect(confirmation.text).toContain('calls group `S0ONCALL01`, everybody who is about');
    expect(JSON.stringify(confirmation.post)).not.toMatch(/<!subteam|<!here/);
    await moves(s, 'op-1', 'failed');
    const root = await s.told({ kind: 'post', in: OPS, says: ['op-1'] });
    expect(root.post.text).toContain('<!subteam^S0ONCALL01>');
  });

  story('with thresholds of its own: told by those, and not of what passed them before', async (s) => {
    for (const id of ['old', 'new']) s.fleet.addTask({ operationId: id, status: 'processing' });
    for (const id of ['old', 'new']) s.fleet.change(id, { tally: { total: 1_000, success: 400 } });
    s.fleet.change('old', { tally: { fail: 16 } });
    await s.start();
    await subscribe(s, 'failing:3%,100 failing');
    await s.poll();
    s.fleet.change('new', { tally: { fail: 16 } });
    await s.poll();
    await s.told({ kind: 'post', in: OPS, says: ['begins to fail', 'new'] });
  });

  story('what is said replaces what was, what is not said stays', async (s) => {
    addModels(s, 'WM20', 'WM21');
    await s.start();
    await subscribe(s, 'firmware model:WM20,WM21 mention:@here');
    const { confirmation } = await subscribe(s, 'model:WM21,WM20 fw on:all');
    expect(confirmation.text).toContain('*Subscription changed* · `firmware model:WM20,WM21 on:all` · calls');
    expect(confirmation.text).toContain('Before: `firmware model:WM20,WM21 on:failed,failing,stalled`');
    const again = await subscribe(s, 'firmware model:WM20,WM21');
    expect(again.confirmation.text).toContain('*Subscribed already*');
    expect(await subscriptionsOf(s)).toEqual(['firmware model:WM20,WM21 on:all']);
  });

  story('by hours alone: sets them, and makes the usual subscription where there is none', async (s) => {
    await s.start();
    const { confirmation } = await subscribe(s, 'quiet:02:00-02:01 digest:09:00');
    expect(confirmation.text).toContain('quiet 02:00–02:01, digest at 09:00 (`Europe/Madrid`)');
    expect(confirmation.text).toContain('There was no subscription here yet');
    expect(await subscriptionsOf(s)).toEqual(['on:failed,failing,stalled']);
    const later = await subscribe(s, 'digest:off');
    expect(later.confirmation.text).toContain('*Hours set*');
    expect(later.confirmation.text).toContain('quiet 02:00–02:01 (`Europe/Madrid`)');
    expect(await subscriptionsOf(s)).toEqual(['on:failed,failing,stalled']);
  });

  story('with a date means the asker’s zone, for good', async (s) => {
    await s.start();
    await subscribe(s, 'since:2024-07-01');
    expect(await subscriptionsOf(s)).toEqual(['since:2024-06-30T22:00Z on:failed,failing,stalled']);
  });

  story('with a mistake saves nothing, and says which word it is', async (s) => {
    await s.start();
    for (const [line, says] of [
      ['faild', '`faild` is no word of a subscription. Did you mean `failed`?'],
      ['firmware on:failed,stoped', '`stoped` is no kind of change'],
      ['status:failed', 'Did you mean `on:failed`?'],
      ['firmware software', 'firmware'],
      ['mention:@ops', 'pick the name from the list'],
      ['quiet:late', '`quiet:late`'],
    ] as const) {
      const { text, to } = await s.people.ask('ana', `subscribe ${line}`);
      expect(to).toBe('ana');
      expect(text).toContain(says);
    }
    expect((await s.people.ask('ana', 'subscriptions')).text).toContain('Nothing is told here');
  });

  story('is kept over a restart, hours and all', async (s) => {
    addRunning(s, 'op-1');
    await s.start();
    await subscribe(s, 'firmware failed quiet:02:00-02:01 zone:Asia/Tokyo mention:@here');
    await s.restart();
    const { text } = await s.people.ask('wei', 'subscriptions');
    expect(text).toContain('`firmware on:failed` · calls everybody who is about');
    expect(text).toContain('quiet 02:00–02:01 (`Asia/Tokyo`)');
    await moves(s, 'op-1', 'failed');
    await s.told({ kind: 'post', in: OPS, says: ['*failed*', 'op-1'] });
  });

  story('repeats what was typed without letting it mention, link or format', async (s) => {
    addModels(s, '<!channel> x y z');
    await s.start();
    const line = 'model:"<!channel> *x* `y` <https://evil.example|z>"';
    const { confirmation, answer } = await subscribe(s, line);
    for (const { post } of [confirmation, answer, await s.people.ask('ana', 'subscriptions')])
      expect(JSON.stringify(post)).not.toMatch(/<!channel|<https:/);
    await s.workspace.openHome('ana');
    const home = await s.workspace.until((seen) => seen.home('ana'));
    expect(JSON.stringify(home.view)).not.toMatch(/<!channel|<https:/);
  });

  story('is shown in the home tab with kinds, calls and hours', async (s) => {
    await s.start();
    await subscribe(s, 'firmware failed mention:@here digest:09:00 zone:UTC');
    await s.workspace.openHome('wei');
    const home = await s.workspace.until(({ home }) => home('wei'));
    const text = s.workspace.plainView(home.view);
    expect(text).toContain('digest at 09:00 (`UTC`)');
    expect(text).toContain('• `firmware on:failed` · calls everybody who is about');
  });
});

describe('subscribing elsewhere than by the command', () => {
  story('in a mention: the channel is told, and whoever asked alone what it would have been', async (s) => {
    addRunning(s, 'op-1');
    await s.start();
    await s.workspace.mention({ user: 'ana', channel: OPS, text: 'subscribe failed' });
    await s.told({ kind: 'post', in: OPS, to: 'everyone', says: ['*Subscribed* · `on:failed`'] });
    await s.told({ kind: 'ephemeral', in: OPS, to: 'ana', says: ['this would have told nothing'] });
    await moves(s, 'op-1', 'failed');
    await s.told({ kind: 'post', in: OPS, says: ['*failed*', 'op-1'] });
  });

  story(
    'in the direct messages with the bot: told there',
    async (s) => {
      addRunning(s, 'op-1');
      await s.start();
      const { id } = await s.workspace.directChannel('ana');
      await s.workspace.directMessage({ user: 'ana', text: 'subscribe failed' });
      await s.told({ kind: 'post', says: ['*Subscribed* · `on:failed`'] });
      await s.told({ kind: 'post', says: ['Saved; the channel was told'] });
      await moves(s, 'op-1', 'failed');
      const root = await s.told({ kind: 'post', says: ['*failed*', 'op-1'] });
      expect(root.post.channel).toBe(id);
      await s.workspace.directMessage({ user: 'ana', text: 'unsubscribe' });
      await s.told({ kind: 'post', says: ['*No longer told here*'] });
    },
    { rateLimited: true },
  );

  story('in the search of the home tab is no place for it', async (s) => {
    await s.start();
    await s.workspace.openHome('ana');
    const home = await s.workspace.until(({ home }) => home('ana'));
    for (const line of ['subscribe', 'unsubscribe all', 'subscriptions', 'why op-1']) {
      const act = { user: 'ana', viewId: home.id, actionId: 'home_search', selected: line };
      await s.workspace.pressInView(act);
      const says = 'Ask this in the channel it is about';
      await s.workspace.until(({ modal, plainView }) => {
        const shown = modal('ana');
        return shown && plainView(shown.view).includes(says);
      });
      await s.workspace.closeView({ user: 'ana' });
    }
  });
});
