import { describe, expect } from '@jest/globals';
import type { PressAct } from '../../sandbox/workspace/people/acts.ts';
import type { Seen } from './harness/claims.ts';
import { alertsTo, OPS } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';
import { subscribe, subscriptionsOf } from './harness/subscribing.ts';

/** Does the same twice without waiting for an answer. Both are acknowledged: nobody sees an error of Slack's. */
async function twice(act: () => Promise<{ readonly status: number }>): Promise<void> {
  const acks = await Promise.all([act(), act()]);
  expect(acks.map(({ status }) => status)).toEqual([200, 200]);
}

const press = (s: Story, user: string, on: Seen, button: Pick<PressAct, 'label'>) =>
  s.people.pressOnly(user, on, button);

const repeats = (s: Story) => s.log.lines.filter(({ reason }) => reason === 'repeated');

/** Waits until nothing more can come, and expects that nothing did. */
async function nothingMore(s: Story): Promise<void> {
  await s.silence();
  expect(s.claims.unclaimed()).toEqual([]);
}

/** A task of 25 failed devices, which is too many for a message, and its root. */
async function rootOfFailure(s: Story): Promise<Seen> {
  await s.start(alertsTo(s));
  await s.told({ kind: 'post', says: ['I watch'] });
  s.fleet.addTask({ operationId: 'op-25', status: 'failed', tally: { total: 25, fail: 25 } });
  await s.poll();
  const root = await s.told({ kind: 'post', in: OPS, says: ['op-25'] });
  await s.silence();
  return root;
}

describe('the same line twice', () => {
  story('is answered once; somebody else’s and a later one are answered as well', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    await twice(() => s.people.command({ user: 'ana', channel: OPS, text: 'failed' }));
    await s.told({ kind: 'response', says: ['op-1'] });
    await nothingMore(s);
    expect(repeats(s)).toHaveLength(1);
    await Promise.all([
      s.people.command({ user: 'ana', channel: OPS, text: 'failed' }),
      s.people.command({ user: 'wei', channel: OPS, text: 'failed' }),
    ]);
    await s.told({ kind: 'response', says: ['op-1'] });
    await s.told({ kind: 'response', says: ['op-1'] });
  });

  story('subscribes and is announced once', async (s) => {
    await s.start();
    await twice(() => s.people.command({ user: 'ana', channel: OPS, text: 'subscribe failed' }));
    await s.told({ kind: 'post', in: OPS, says: ['*Subscribed*'] });
    await s.told({ kind: 'response', to: 'ana', says: ['Saved'] });
    await nothingMore(s);
  });

  story('written to the bot is answered once', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    await twice(() => s.workspace.mention({ user: 'ana', channel: OPS, text: 'failed' }));
    await s.told({ kind: 'post', in: OPS, says: ['op-1'] });
    await nothingMore(s);
  });

  story('delivered again by what is between is not answered again, however late', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    const url = 'http://127.0.0.1:9/none';
    const payload = {
      ...{ command: '/upgrades', text: 'failed private', team_id: s.workspace.teamId },
      ...{ user_id: s.workspace.person('ana').id, channel_id: s.workspace.channelInfo(OPS).id },
      ...{ response_url: url, trigger_id: '1.2.trigger' },
    };
    await s.workspace.deliver({ type: 'slash_commands', payload });
    await s.told({ kind: 'ephemeral', to: 'ana', says: ['op-1'] });
    s.clock.advance(60_000);
    const retry = { num: 1, reason: 'http_timeout' };
    expect((await s.workspace.deliver({ type: 'slash_commands', payload, retry })).status).toBe(200);
    await nothingMore(s);
  });
});

describe('the same press twice', () => {
  story('posts one message and one file', async (s) => {
    const root = await rootOfFailure(s);
    await twice(() => press(s, 'ana', root, { label: 'Reasons' }));
    await s.told({ kind: 'post', thread: root.post.ts, says: ['CSV file that follows'] });
    await s.workspace.until((seen) =>
      seen.apiCalls.some(({ method }) => method === 'files.completeUploadExternal'),
    );
    await nothingMore(s);
    const files = s.workspace.apiCalls.filter(({ method }) => method === 'files.completeUploadExternal');
    expect(files).toHaveLength(1);
    // Later it is another wish.
    s.clock.advance(3_000);
    await press(s, 'ana', root, { label: 'Reasons' });
    await s.told({ kind: 'post', thread: root.post.ts, says: ['CSV file that follows'] });
  });

  story('shares one list, removes one subscription, opens one window', async (s) => {
    for (let n = 0; n < 3; n += 1) s.fleet.addTask({ status: 'failed' });
    await s.start();
    const mine = await s.people.ask('ana', 'failed private');
    await twice(() => press(s, 'ana', mine, { label: 'Share' }));
    await s.told({ kind: 'response', to: 'everyone', says: ['1–3 of 3'] });
    await nothingMore(s);

    const { answer } = await subscribe(s, 'failed');
    await twice(() => press(s, 'ana', answer, { label: 'Remove' }));
    await s.told({ kind: 'response', to: 'everyone' });
    await nothingMore(s);

    const list = await s.people.ask('ana', 'failed');
    await twice(() => press(s, 'ana', list, { label: 'Filter…' }));
    await s.workspace.until((seen) => seen.modal('ana'));
    await nothingMore(s);
    expect(s.workspace.views.filter(({ type }) => type === 'modal')).toHaveLength(1);
  });

  story('but not the next page, nor a list refreshed again', async (s) => {
    for (let n = 0; n < 12; n += 1) s.fleet.addTask({ status: 'failed' });
    await s.start();
    let list: Seen = await s.people.ask('ana', 'failed size:5');
    for (const says of ['6–10 of 12', '11–12 of 12']) {
      list = await s.people.press('ana', list, { label: 'Next ▶' });
      expect(list.text).toContain(says);
    }
    for (let time = 0; time < 3; time += 1) list = await s.people.press('ana', list, { label: 'Refresh' });
    expect(repeats(s)).toEqual([]);
  });
});

describe('the same form twice', () => {
  story('saves and announces once', async (s) => {
    await s.start();
    const { answer } = await subscribe(s, 'failed');
    await s.people.open('ana', answer, 'Edit', 'Which tasks');
    const values = { subscription_filter: 'firmware' };
    await twice(() => s.workspace.submitView({ user: 'ana', values }));
    await s.told({ kind: 'post', in: OPS, says: ['*Subscription changed*'] });
    await nothingMore(s);
    expect(await subscriptionsOf(s)).toEqual(['firmware on:failed']);
  });
});
