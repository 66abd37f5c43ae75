import { describe, expect } from '@jest/globals';
import { OPS } from './harness/environment.ts';
import { story } from './harness/story.ts';
import { addRunning, moves, subscribe, subscriptionsOf } from './harness/subscribing.ts';

describe('a channel the bot cannot post in', () => {
  for (const [why, closed, open] of [
    ['it was not invited', { botIsMember: false }, { botIsMember: true }],
    ['the channel is archived', { archived: true }, { archived: false }],
  ] as const) {
    story(`is not subscribed: ${why}`, async (s) => {
      const channel = 'iot-private';
      addRunning(s, 'op-1');
      await s.start();
      s.workspace.changeChannel(channel, closed);
      const { text, to } = await s.people.ask('ana', 'subscribe quiet:02:00-02:01', channel);
      expect(to).toBe('ana');
      expect(text).toContain('I cannot post here: invite me (`/invite @upgrades`) and subscribe again');
      expect(text).toContain('nothing was saved');
      expect((await s.people.ask('ana', 'subscriptions', channel)).text).toContain('Nothing is told here');
      await moves(s, 'op-1', 'failed');
      s.workspace.changeChannel(channel, open);
      const { confirmation } = await subscribe(s, 'failed', channel);
      expect(confirmation.text).not.toContain('quiet');
    });
  }

  story(
    'keeps what it had, and is told what was kept once it is open and subscribed again',
    async (s) => {
      for (const id of ['op-1', 'op-2', 'op-3']) addRunning(s, id);
      await s.start();
      await subscribe(s, 'failed');
      s.workspace.changeChannel(OPS, { archived: true });
      s.log.expect(/Slack refuses the channel; its notifications are kept back/);
      await moves(s, 'op-1', 'failed');
      await s.told({ kind: 'post', says: ['I cannot post upgrade notices', 'is_archived'] });
      const refused = await s.people.ask('ana', 'subscribe on:all');
      expect(refused.text).toContain('Slack says `is_archived`');
      const list = await s.people.ask('ana', 'subscriptions');
      expect(list.text).toContain('*I cannot post here*: Slack says `is_archived`');
      expect(list.text).toContain('`on:failed` · all tasks');
      await moves(s, 'op-2', 'failed');
      s.workspace.changeChannel(OPS, { archived: false });
      const { confirmation } = await subscribe(s, 'failed');
      expect(confirmation.text).toContain('What I kept while I could not post here follows.');
      const summary = await s.told({ kind: 'post', in: OPS, says: ['2 upgrade tasks changed'] });
      await s.told({ kind: 'post', thread: summary.post.ts, says: ['op-1', 'op-2'] });
      await moves(s, 'op-3', 'failed');
      await s.told({ kind: 'post', in: OPS, says: ['*failed*', 'op-3'] });
    },
    { rateLimited: true },
  );
});

describe('a confirmation that does not arrive', () => {
  story('since Slack did not answer: the subscription stays, and whoever asked is told', async (s) => {
    addRunning(s, 'op-1');
    await s.start();
    s.workspace.fault({ kind: 'reset-before', method: 'chat.postMessage' });
    const { text, to } = await s.people.ask('ana', 'subscribe failed');
    expect(to).toBe('ana');
    expect(text).toContain('It is saved. Slack did not say whether my message to the channel arrived.');
    expect(await subscriptionsOf(s)).toEqual(['on:failed']);
    await moves(s, 'op-1', 'failed');
    await s.told({ kind: 'post', in: OPS, says: ['op-1'] });
  });

  story(
    'since Slack takes no more for now: it is posted once Slack does, after a restart as well',
    async (s) => {
      await s.start();
      s.clock.halt();
      s.workspace.fault({ kind: 'rate-limit', method: 'chat.postMessage', retryAfter: 60, times: 2 });
      const { text } = await s.people.ask('ana', 'subscribe failed');
      expect(text).toContain('It is saved. Slack accepts no more messages in the channel right now');
      expect(await subscriptionsOf(s)).toEqual(['on:failed']);
      await s.workspace.until(
        ({ apiCalls }) => apiCalls.filter(({ status }) => status === 429).length === 2,
        {
          what: 'the delivery to be limited as well',
        },
      );
      await s.stop();
      s.clock.run();
      await s.start();
      await s.told({ kind: 'post', in: OPS, thread: null, says: ['*Subscribed* · `on:failed`'] });
    },
  );

  story('keeps its place before what is changed after it', async (s) => {
    await s.start();
    s.clock.halt();
    s.workspace.fault({ kind: 'rate-limit', method: 'chat.postMessage', retryAfter: 60, times: 2 });
    const saved = await s.people.ask('ana', 'subscribe failed quiet:02:00-03:00 zone:UTC');
    expect(saved.text).toContain('the announcement follows');
    await s.people.ask('ana', 'subscribe failed on:failed,stalled');
    const removed = await s.people.ask('ana', 'unsubscribe all');
    expect(removed).toMatchObject({ to: 'ana' });
    expect(removed.text).toContain('Done. Slack accepts no more messages');
    s.clock.run();
    const posts = [
      await s.told({ kind: 'post', in: OPS, says: ['*Subscribed*', '02:00'] }),
      await s.told({ kind: 'post', in: OPS, says: ['*Subscription changed*'] }),
      await s.told({ kind: 'post', in: OPS, says: ['*No longer told here*'] }),
    ].map(({ post }) => s.workspace.posts.indexOf(post));
    expect(posts).toEqual(posts.toSorted((one, other) => one - other));
  });

  story('and was asked for in a mention is posted later just the same', async (s) => {
    await s.start();
    await subscribe(s, 'failed');
    await s.silence();
    s.workspace.fault({ kind: 'rate-limit', method: 'chat.postMessage', retryAfter: 1 });
    await s.workspace.mention({ user: 'ana', channel: OPS, text: 'unsubscribe failed' });
    await s.told({ to: 'ana', says: ['Done. Slack accepts no more messages'] });
    await s.told({ kind: 'post', in: OPS, thread: null, says: ['*No longer told here*'] });
  });

  story('in blocks is sent as text', async (s) => {
    await s.start();
    s.workspace.fault({ kind: 'error', method: 'chat.postMessage', error: 'invalid_blocks' });
    await s.people.ask('ana', 'subscribe failed');
    await s.told({ kind: 'post', in: OPS, says: ['Subscribed: on:failed.'] });
    expect(await subscriptionsOf(s)).toEqual(['on:failed']);
  });
});
