import { describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import { POST_GAP } from '../../src/notify/delivery-parts.ts';
import { notificationMetadata } from '../../src/notify/message-id.ts';
import type { Schema } from '../../src/store/engine/schema.ts';
import { writeMute } from '../../src/store/notification/mutes.ts';
import { forgetRoot, readBusyChannels } from '../../src/store/notification/outbox.ts';
import { deleteSubscription, readSubscriptionsOf } from '../../src/store/subscription/subscriptions.ts';
import type { TaskWords } from '../store/samples.ts';
import { markSending } from '../store/sending.ts';
import { onPostgres } from '../store/test-database.ts';
import { type Bench, failed, runs, setUp, story } from './bench.ts';

/** A channel whose delivery runs, with what can be done there. Unless posts keep their distance, news goes before edits. */
async function open({ postGap = 0 } = {}) {
  const bench = await setUp(postGap === 0 ? { postRate: 'off' } : {});
  await bench.subscribe(bench.channel, ['created', 'failed'], { mentions: [{ kind: 'group', id: 'S1' }] });
  const delivery = bench.deliver(bench.client(), { postGap });
  return Object.assign(bench, {
    delivery,
    async tell(...tasks: readonly TaskWords[]) {
      await bench.see(...tasks);
      delivery.wake();
      await bench.settled();
    },
    roots: () => bench.workspace.channel(bench.channel),
    async deleteRoot(index = 0) {
      await bench.workspace.deleteMessage(
        bench.channel,
        bench.workspace.channel(bench.channel)[index]?.ts ?? '',
      );
    },
    posts: () => bench.workspace.posts.filter(({ kind }) => kind === 'post').length,
    shows: () => JSON.stringify(bench.workspace.channel(bench.channel).map(({ blocks }) => blocks)),
  });
}

describe('news of a task whose message somebody deleted', () => {
  test.each([
    ['that the channel sees', failed('op-1'), 'failed op-1', /<!subteam\^S1>/],
    [
      'that only the thread would have shown',
      { ...failed('op-1'), status: 'succeeded' },
      'succeeded op-1',
      null,
    ],
  ] as const)(
    '%s has a message of its own, with all of its present state',
    async (_case, news, told, calls) => {
      await using bench = await open();
      await bench.tell(runs('op-1'));
      await bench.deleteRoot();
      await bench.tell(news);
      expect(await story(bench)).toEqual([[told]]);
      expect(bench.posts()).toBe(2);
      // What Slack put into the channel as a reply is a root now.
      expect(bench.roots()[0]).toMatchObject({ edits: 1, threadTs: null });
      expect(bench.shows()).toMatch(/Details/);
      if (calls) expect(bench.shows()).toMatch(calls);
      else expect(bench.shows()).not.toContain('subteam');
      // The story goes on in its thread.
      await bench.tell(runs('op-1'));
      expect(await story(bench)).toMatchObject([[told, expect.stringMatching(/op-1/)]]);
      expect(bench.roots()[0]?.text).toMatch(/running/);
      expect(bench.workspace.violations).toEqual([]);
    },
  );

  test('is posted as its root at once where an edit came upon the deleted message first', async () => {
    await using bench = await open({ postGap: POST_GAP });
    await bench.tell(runs('op-1'));
    await bench.deleteRoot();
    await bench.tell(failed('op-1'));
    expect(bench.calls('chat.update')).toBe(1);
    expect(await story(bench)).toEqual([['failed op-1']]);
    expect(bench.roots()[0]).toMatchObject({ edits: 0 });
    expect([bench.shows(), bench.posts()]).toEqual([expect.stringMatching(/Mute/), 2]);
  });

  test('goes under the message that was deleted first where others wait behind it', async () => {
    await using bench = await open();
    await bench.tell(runs('op-1'));
    await bench.delivery.stop();
    await bench.see(failed('op-1'));
    await bench.see(runs('op-1'));
    await bench.deleteRoot();
    bench.deliver();
    await bench.settled();
    expect(await story(bench)).toEqual([['failed op-1', expect.stringMatching(/op-1/)]]);
    expect(bench.posts()).toBe(3);
  });

  test('is a message of its own where Slack refuses the thread', async () => {
    await using bench = await open();
    await bench.tell(runs('op-1'));
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'error', error: 'thread_not_found' });
    await bench.deleteRoot();
    await bench.tell(failed('op-1'));
    await bench.tell(runs('op-1'));
    expect(await story(bench)).toEqual([['failed op-1', expect.stringMatching(/op-1/)]]);
    expect(bench.shows()).toMatch(/Mute/);
  });

  test('whose answer is lost is found where Slack put it, and not posted again', async () => {
    await using bench = await open();
    await bench.tell(runs('op-1'));
    await bench.deleteRoot();
    bench.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    await bench.tell(failed('op-1'));
    expect(bench.outcomes()).toEqual(['sent', 'put-off', 'found']);
    expect(bench.calls('conversations.history')).toBe(1);
    await bench.tell(runs('op-1'));
    expect(await story(bench)).toEqual([['failed op-1', expect.stringMatching(/op-1/)]]);
    expect(bench.posts()).toBe(3);
  });

  test('that Slack took just before the process died is found there as well', async () => {
    await using bench = await open();
    await bench.tell(runs('op-1'));
    const root = bench.roots()[0]?.ts ?? '';
    await bench.delivery.stop();
    await bench.see(failed('op-1'));
    await bench.deleteRoot();
    const [, news] = await bench.notifications();
    if (!news) throw new Error('nothing is to be sent');
    await markSending(bench.store.db, news, Date.now());
    const reply = { channel: bench.channel, thread_ts: root, text: 'it failed' };
    await bench.client().chat.postMessage({ ...reply, metadata: notificationMetadata(news.id) });
    bench.deliver();
    await bench.settled();
    expect(await story(bench)).toEqual([['failed op-1']]);
    expect(bench.roots()[0]).toMatchObject({ edits: 1 });
  });

  test('that Slack took under a message forgotten since is posted once more, marked', async () => {
    await using bench = await open();
    await bench.tell(runs('op-1'));
    await bench.tell(failed('op-1'));
    await bench.delivery.stop();
    await bench.see(runs('op-1'));
    const news = (await bench.notifications()).at(-1);
    if (!news) throw new Error('nothing is to be sent');
    await markSending(bench.store.db, news, Date.now());
    await forgetRoot(bench.store.db, news.message_id ?? '');
    bench.deliver();
    await bench.settled();
    expect(bench.outcomes().slice(-2)).toEqual(['undecided', 'sent']);
    expect(bench.shows()).toMatch(/Possibly repeated/);
  });

  test('comes in its thread where replies keep that, and under a new message from the next edit on', async () => {
    await using bench = await open();
    await bench.tell(runs('op-1'));
    await bench.tell(failed('op-1'));
    await bench.deleteRoot();
    await bench.tell(runs('op-1'));
    await bench.tell(failed('op-1'));
    expect(await story(bench)).toEqual([
      ['something else', '! failed op-1', expect.stringMatching(/op-1/)],
      ['created op-1', '! failed op-1'],
    ]);
    expect(bench.roots()[1]?.text).toMatch(/failed/);
  });
});

describe('a task that moves without news after somebody deleted its message', () => {
  test('has one again, which calls nobody, and its story goes on there', async () => {
    await using bench = await open();
    await bench.tell(runs('op-1'));
    await bench.deleteRoot();
    await bench.tell(runs('op-1', { succeeded: 5, running: 15 }));
    expect(await story(bench)).toEqual([['created op-1']]);
    expect(bench.shows()).toMatch(/\b5\b/);
    expect(bench.shows()).not.toContain('subteam');
    await bench.tell(failed('op-1'));
    expect(await story(bench)).toEqual([['created op-1', '! failed op-1']]);
    expect(bench.roots()[0]?.text).toMatch(/failed/);
  });

  test('and deleted it again has none until there is news', async () => {
    await using bench = await open();
    await bench.tell(runs('op-1'));
    for (const success of [3, 5, 7]) {
      if (bench.roots().length > 0) await bench.deleteRoot();
      await bench.tell(runs('op-1', { succeeded: success, running: 20 - success }));
    }
    expect([bench.roots(), bench.posts()]).toEqual([[], 2]);
    await bench.tell(failed('op-1'));
    expect(await story(bench)).toEqual([['failed op-1']]);
    expect(bench.shows()).toContain('subteam');
    await bench.deleteRoot();
    await bench.tell(runs('op-1'));
    expect(bench.roots()).toHaveLength(1);
  });

  test.each([
    ['muted it', (bench: Bench) => writeMute(bench.store.db, bench.channel, 'op-1', muted(bench))],
    ['has its quiet hours', (bench: Bench) => bench.quiet(60, 60)],
    ['unsubscribed', unsubscribe],
  ])('in a channel that %s has none', async (_case, leaveAlone) => {
    await using bench = await open();
    await bench.tell(runs('op-1'));
    await leaveAlone(bench);
    await bench.deleteRoot();
    await bench.tell(runs('op-1', { succeeded: 5, running: 15 }));
    expect([bench.roots(), bench.posts()]).toEqual([[], 1]);
    expect(await bench.notifications()).toHaveLength(1);
  });

  const muted = (bench: Bench) => ({ until: bench.now() + 3_600_000, by: 'U1', at: bench.now() });
  async function unsubscribe(bench: Bench) {
    for (const { id } of await readSubscriptionsOf(bench.store.db, bench.channel))
      await deleteSubscription(bench.store.db, bench.channel, id);
  }
});

describe('a summary that somebody deleted', () => {
  const storm = (count = 45) => Array.from({ length: count }, (_, index) => failed(`op-${index}`));

  test('before its thread was complete is posted anew, with the rest of its thread', async () => {
    await using bench = await open();
    await bench.see(...storm());
    const parts = (await bench.notifications()).filter(({ kind }) => kind === 'summary-part');
    expect(parts).toHaveLength(3);
    const slow = bench.workspace.fault({ method: 'chat.postMessage', kind: 'delay', milliseconds: 50 });
    bench.delivery.wake();
    await bench.until(() => slow.remaining === 0);
    await bench.delivery.stop();
    await bench.deleteRoot();
    bench.deliver();
    await bench.settled();
    const told = bench.seen();
    const named = new Set(JSON.stringify(told).match(/op-\d+/g));
    expect(named.size).toBe(45);
    // The part that found no summary stands by itself.
    expect(told.map(({ replies }) => replies.length)).toEqual([0, 2]);
  });

  test('later leaves each of its tasks a message of its own with its next news', async () => {
    await using bench = await open();
    await bench.tell(...storm(8));
    await bench.deleteRoot();
    for (const reply of bench.roots()[0]?.replies ?? [])
      await bench.workspace.deleteMessage(bench.channel, reply.ts);
    await bench.tell(runs('op-3'));
    await bench.tell(failed('op-3'));
    await bench.tell(runs('op-5'));
    const told = await story(bench);
    expect(told.filter(([root]) => / op-3$/.test(root))).toEqual([
      [expect.stringMatching(/ op-3$/), '! failed op-3'],
    ]);
    expect(told.filter(([root]) => / op-5$/.test(root))).toHaveLength(1);
  });
});

test('whatever statement the process dies at, each piece of news stands in the channel once, in one story', async () => {
  await using bench = await open();
  await bench.delivery.stop();
  // The engine makes no difference to what is done after a death, but PostgreSQL takes longer.
  const step = onPostgres() ? 5 : 1;
  for (let statement = 1, survived = false; !survived; statement += step) {
    const task = `op-${statement}`;
    await bench.see(runs(task));
    const first = bench.deliver();
    await bench.settled();
    await first.stop();
    await bench.deleteRoot(bench.roots().length - 1);
    await bench.see(failed(task));
    await bench.see(runs(task));
    const mortal = dyingAt(bench.store.db, statement);
    const second = bench.deliver(bench.client(), { db: mortal.db });
    await bench.until(async () => mortal.isDead() || (await readBusyChannels(bench.store.db)).length === 0);
    await second.stop();
    survived = !mortal.isDead();
    const third = bench.deliver();
    await bench.settled();
    await third.stop();
    const told = (await story(bench)).filter(([root]) => root.endsWith(` ${task}`));
    const recovered = expect.stringMatching(new RegExp(`^[^!].* ${task}$`));
    expect({ statement, told }).toEqual({ statement, told: [[`failed ${task}`, recovered]] });
    expect(bench.roots().at(-1)?.text).toMatch(/running/);
  }
  expect(bench.roots().length).toBeGreaterThan(20 / step);
});

/** The store as a process sees it that dies before it makes its nth statement: nothing of it happens from then on. */
function dyingAt(db: Kysely<Schema>, nth: number) {
  let made = 0;
  return {
    isDead: () => made >= nth,
    db: db.withPlugin({
      transformQuery({ node }) {
        made += 1;
        if (made >= nth) throw new Error('the process is dead');
        return node;
      },
      transformResult: async ({ result }) => result,
    }),
  };
}
