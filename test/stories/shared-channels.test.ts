import { describe, expect } from '@jest/globals';
import { alertsTo, OPS } from './harness/environment.ts';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';
import { addRunning, moves, subscribe, subscriptionsOf } from './harness/subscribing.ts';

const SHARED = 'shared-vendor';
const HOUR = 3_600_000;

/** Everything that stands in a channel for everybody, roots and threads. */
const standing = (s: Story, channel: string) =>
  s.workspace.channel(channel).flatMap((root) => [root, ...root.replies].map((one) => one.text));

describe('a channel shared with another organisation', () => {
  story('is subscribed only with the word that they may read along', async (s) => {
    addRunning(s, 'op-1');
    await s.start();
    const refused = await s.people.ask('ana', 'subscribe failed', SHARED);
    expect(refused.to).toBe('ana');
    expect(refused.text).toContain('shared with another organisation, so nothing was saved');
    expect(refused.text).toContain('/upgrades subscribe on:failed external:yes');
    expect(await subscriptionsOf(s, SHARED)).toEqual([]);
    await subscribe(s, 'failed external:yes', SHARED);
    expect(await subscriptionsOf(s, SHARED)).toEqual(['on:failed external:yes']);
    await moves(s, 'op-1', 'failed');
    await s.told({ kind: 'post', in: SHARED, says: ['op-1'] });
  });

  story(
    'is told nothing more once the word is taken back, and everything when it is given again',
    async (s) => {
      addRunning(s, 'op-1');
      await s.start();
      await subscribe(s, 'failed external:yes', SHARED);
      const { text, to } = await s.people.ask('ana', 'subscribe failed external:no', SHARED);
      expect(to).toBe('ana');
      expect(text).toContain('It is saved.');
      expect(text).toContain('I tell nothing here');
      await moves(s, 'op-1', 'failed');
      await s.silence();
      expect(standing(s, SHARED).join()).not.toContain('op-1');
      await subscribe(s, 'external:yes', SHARED);
      await s.told({ kind: 'post', in: SHARED, says: ['op-1'] });
    },
  );

  story('is told nothing as long as one of its subscriptions lacks the word', async (s) => {
    for (const id of ['op-1', 'op-2']) addRunning(s, id);
    await s.start();
    await subscribe(s, 'failed');
    await subscribe(s, 'firmware on:succeeded');
    await s.workspace.shareChannel(OPS, true);
    await s.told({ kind: 'post', says: ['is shared with another organisation now', 'external:yes'] });
    await moves(s, 'op-1', 'failed');
    const first = await s.people.ask('ana', 'subscribe external:yes');
    expect(first.text).toContain('firmware on:succeeded');
    await s.silence();
    expect(standing(s, OPS).join()).not.toContain('op-1');
    await s.people.ask('ana', 'unsubscribe firmware');
    await s.poll();
    await s.told({ kind: 'post', in: OPS, says: ['op-1'] });
  });

  story('is edited in a window, where the box says the same', async (s) => {
    await s.start();
    await subscribe(s, 'failed external:yes', SHARED);
    const list = await s.people.ask('ana', 'subscriptions', SHARED);
    await s.people.pressOnly('ana', list, { label: 'Edit' });
    const modal = await s.workspace.until((seen) => seen.modal('ana'));
    expect(s.workspace.plainView(modal.view)).toContain('other organisations read along');
    await s.workspace.submitView({
      user: 'ana',
      viewId: modal.id,
      values: { subscription_external: [], subscription_kinds: ['failed', 'stalled'] },
    });
    await s.workspace.until((seen) => {
      const shown = seen.modal('ana');
      return shown && seen.plainView(shown.view).includes('I tell nothing here');
    });
    expect(await subscriptionsOf(s, SHARED)).toEqual(['on:failed,stalled']);
  });
});

describe('a channel that becomes shared', () => {
  story(
    'is closed, its messages are no longer edited, and it is told everything when it is ours again',
    async (s) => {
      for (const id of ['op-1', 'op-2']) addRunning(s, id);
      await s.start();
      await subscribe(s, 'on:all');
      s.fleet.setStatus('op-1', 'failed');
      await s.poll();
      const root = await s.told({ kind: 'post', in: OPS, says: ['op-1', 'failed'] });
      await s.silence();
      const before = standing(s, OPS);
      await s.workspace.shareChannel(OPS, true);
      const note = await s.told({ kind: 'post', says: ['is shared with another organisation now'] });
      expect(note.text).toContain('/upgrades subscribe on:all external:yes');
      await moves(s, 'op-2', 'failed');
      await moves(s, 'op-1', 'processing');
      await s.silence();
      expect(standing(s, OPS)).toEqual(before);
      const list = await s.people.ask('ana', 'subscriptions');
      expect(list.text).toContain('I tell nothing here');
      await s.workspace.shareChannel(OPS, false);
      await s.poll();
      const summary = await s.told({ kind: 'post', in: OPS, says: ['2 upgrade tasks changed'] });
      await s.told({ kind: 'post', thread: summary.post.ts, says: ['op-1', 'op-2'] });
      await s.edited(root, ['running']);
      await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered', 'op-1'] });
    },
  );

  for (const [when, order] of [
    ['before it is shared', ['unsubscribe', 'share']],
    ['since it is shared', ['share', 'unsubscribe']],
  ] as const) {
    story(`hears nothing more in its threads where its subscription ended ${when}`, async (s) => {
      addRunning(s, 'op-1');
      await s.start();
      await subscribe(s, 'on:all');
      await moves(s, 'op-1', 'failed');
      await s.told({ kind: 'post', in: OPS, says: ['op-1', 'failed'] });
      await s.silence();
      for (const step of order) {
        if (step === 'unsubscribe') {
          const { text } = await s.people.ask('ana', 'unsubscribe all');
          expect(text).toContain(
            order[0] === 'share' ? 'threads of its tasks end as well' : 'go on in its thread',
          );
          continue;
        }
        await s.workspace.shareChannel(OPS, true);
        if (order[0] === 'share') await s.told({ says: ['is shared with another organisation now'] });
        await s.log.until(({ msg }) => msg === 'heard', 'that Slack’s word was heard');
      }
      const before = standing(s, OPS);
      await moves(s, 'op-1', 'processing');
      await s.silence();
      expect(standing(s, OPS)).toEqual(before);
    });
  }

  story('is found within the hour when Slack’s word of it was lost, and at the start', async (s) => {
    addRunning(s, 'op-1');
    await s.start();
    await subscribe(s, 'failed');
    await s.workspace.shareChannel(OPS, true, 'untold');
    s.clock.advance(HOUR);
    await s.poll();
    await s.told({ kind: 'post', says: ['is shared with another organisation now'] });
    await s.workspace.shareChannel(OPS, false, 'untold');
    await s.restart();
    await s.log.until(({ msg }) => msg === 'the channel is told again', 'that it was opened');
  });

  story('and is that of the alerts is not opened again by what looks for closed channels', async (s) => {
    addRunning(s, 'op-1');
    await s.start(alertsTo(s));
    await s.told({ kind: 'post', in: OPS, says: ['I watch 1 upgrade task'] });
    await s.workspace.shareChannel(OPS, true);
    await s.log.until(({ reason }) => reason === 'externally_shared', 'that it was closed');
    await moves(s, 'op-1', 'failed');
    s.clock.advance(11 * 60_000);
    await s.poll();
    await s.silence();
    await s.restart(alertsTo(s));
    await s.silence();
    expect(standing(s, OPS).join()).not.toContain('op-1');
    await subscribe(s, 'external:yes');
    await s.told({ kind: 'post', in: OPS, says: ['op-1'] });
  });
});

describe('while Slack does not say whether a channel is shared', () => {
  story('nothing is kept from it, and the log says so once', async (s) => {
    addRunning(s, 'op-1');
    s.workspace.withholdScopes(['channels:read']);
    await s.start();
    await subscribe(s, 'failed', SHARED);
    const unreadable = () =>
      s.log.lines.filter(({ msg, level }) => level === 'warn' && msg.startsWith('nobody can tell'));
    s.clock.advance(HOUR);
    await s.poll();
    await s.log.until((line) => unreadable().includes(line), 'that nobody can tell');
    s.clock.advance(HOUR);
    await moves(s, 'op-1', 'failed');
    await s.told({ kind: 'post', in: SHARED, says: ['op-1'] });
    expect(unreadable()).toEqual([expect.objectContaining({ reason: 'missing_scope' })]);
  });

  story('a channel that was closed for it stays closed', async (s) => {
    await s.start();
    await subscribe(s, 'failed');
    await s.workspace.shareChannel(OPS, true);
    await s.told({ kind: 'post', says: ['is shared with another organisation now'] });
    s.workspace.withholdScopes(['channels:read']);
    s.clock.advance(HOUR);
    await s.poll();
    const { text } = await s.people.ask('ana', 'subscribe stalled');
    expect(text).toContain('so nothing was saved');
  });
});

describe('answers in a shared channel', () => {
  story('are for the asker alone, unless a subscription lets others read along', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    const list = await s.people.ask('ana', 'failed', SHARED);
    expect(list.to).toBe('ana');
    expect(list.text).toContain('op-1');
    expect(list.text).toContain('Only you see this: another organisation reads this channel');
    await s.workspace.mention({ user: 'wei', channel: SHARED, text: 'failed' });
    await s.told({ kind: 'ephemeral', to: 'wei', says: ['op-1', 'Only you see this'] });
    expect((await s.people.press('ana', list, { label: 'Refresh' })).to).toBe('ana');
    await subscribe(s, 'external:yes', SHARED);
    expect((await s.people.ask('ana', 'failed', SHARED)).to).toBe('everyone');
    const looks = s.workspace.apiCalls.filter(
      ({ method, params }) =>
        method === 'conversations.info' && params.channel === s.workspace.channelInfo(SHARED).id,
    );
    expect(looks.length).toBeLessThanOrEqual(3);
  });

  story('are no longer turned or shared where everybody sees them once others read along', async (s) => {
    for (let n = 0; n < 12; n += 1) s.fleet.addTask({ status: 'failed' });
    await s.start();
    const list = await s.people.ask('ana', 'failed');
    const mine = await s.people.ask('ana', 'failed private');
    await s.workspace.shareChannel(OPS, true);
    const next = await s.people.press('wei', list, { label: 'Next ▶' });
    expect(next.to).toBe('wei');
    expect(next.text).toContain('Only you see this');
    expect(s.workspace.channel(OPS)[0]?.edits).toBe(0);
    const shared = await s.people.press('ana', mine, { label: 'Share' });
    expect(shared.to).toBe('ana');
    expect(shared.text).toContain('Not shown.');
  });

  story('are for the asker alone where Slack does not answer at once', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    const fault = s.workspace.fault({ method: 'conversations.info', kind: 'hang' });
    const alone = await s.people.ask('ana', 'failed', SHARED);
    expect(alone.to).toBe('ana');
    expect(alone.text).toContain('Slack did not say in time');
    fault.clear();
  });
});
