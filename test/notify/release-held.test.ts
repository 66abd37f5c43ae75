import { describe, expect, test } from '@jest/globals';
import { readDecisions } from '../../src/store/notification/decisions.ts';
import { deleteMute, writeMute } from '../../src/store/notification/mutes.ts';
import {
  expireSuspended,
  refuseNotification,
  resumeChannel,
  suspendChannel,
} from '../../src/store/subscription/suspension.ts';
import { HERE, OPS } from '../core/subscriptions.ts';
import { type Bench, failed, MINUTE, runs, setUp, story } from './bench.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ALARMS = ['failed', 'failing', 'stalled'] as const;

/** Lets everything that is due be posted. */
async function post(bench: Bench): Promise<void> {
  const delivery = bench.deliver();
  await bench.settled();
  await delivery.stop();
}

async function releaseAndPost(bench: Bench): Promise<void> {
  await bench.release();
  await post(bench);
}

const many = (count: number, from = 1) => Array.from({ length: count }, (_, index) => `op-${from + index}`);
const begins = (id: string) => runs(id, { failed: 12, running: 8 });
const mute = (bench: Bench, operationId: string, lasts: number | null) =>
  writeMute(bench.store.db, bench.channel, operationId, {
    ...{ until: lasts === null ? null : bench.now() + lasts, by: 'U1', at: bench.now() },
  });
const close = (bench: Bench) =>
  suspendChannel(bench.store.db, bench.channel, { at: bench.now(), reason: 'is_archived' });
/** As `failed quiet-hours sent`, of one task. */
async function why(bench: Bench, operationId: string): Promise<readonly string[]> {
  const decisions = await readDecisions(bench.store.db, bench.channel, operationId, 20);
  return decisions.map(({ kind, reason, notification }) => `${kind} ${reason} ${notification?.state ?? '-'}`);
}

describe('quiet hours', () => {
  test('hold from their beginning what was not told by then, and end with one summary of it all', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.see(failed('op-1'), failed('op-2'));
    await bench.quiet(1, 60);
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([]);
    await bench.see(failed('op-3'));
    bench.advance(HOUR);
    await releaseAndPost(bench);
    const all = 'failed op-1, failed op-2, failed op-3';
    expect(await story(bench)).toEqual([[`quiet: ${all}`, `part: ${all}`]]);
  });

  test('are over for a task that failed in them and runs again with a message that says both', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.quiet(60, 60);
    await bench.see(failed('op-1'));
    await bench.see(runs('op-1', { failed: 0 }));
    bench.advance(HOUR);
    await releaseAndPost(bench);
    expect(bench.seen()).toEqual([
      {
        text: expect.stringMatching(/running.*Earlier: failed with 20 devices, retried; none failed now/),
        replies: [],
      },
    ]);
  });

  test('hold everything, and end with one summary that names every task once', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.quiet(60, 60);
    await bench.see(failed('op-1'), begins('op-2'), runs('op-3'));
    await bench.see(failed('op-2'));
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([]);
    bench.advance(HOUR);
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([
      ['quiet: failed op-1, failing>failed op-2', 'part: failed op-1, failing>failed op-2'],
    ]);
    expect(await why(bench, 'op-2')).toEqual([
      'created kind-not-wanted -',
      'started kind-not-wanted -',
      'failing quiet-hours sent',
      'failed quiet-hours sent',
    ]);
    await releaseAndPost(bench);
    expect(await story(bench)).toHaveLength(1);
  });

  test('end with a summary in whose thread its tasks go on', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.quiet(60, 60);
    await bench.see(failed('op-1'), failed('op-2'));
    bench.advance(HOUR);
    await releaseAndPost(bench);
    await bench.see(runs('op-1'));
    await bench.see(failed('op-1'));
    await post(bench);
    const [only, ...others] = await story(bench);
    expect(others).toEqual([]);
    expect(only?.slice(2)).toEqual(['recovered op-1', '! failed op-1']);
  });

  test('that held one task are followed by its own message, which shows how it stands', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.quiet(60, 60);
    await bench.see(begins('op-1'));
    await bench.see(failed('op-1'));
    bench.advance(HOUR);
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([['failing op-1']]);
    expect(bench.seen()[0]?.text).toMatch(/failed/);
    expect(await why(bench, 'op-1')).toContain('failed quiet-hours sent');
    await bench.see(runs('op-1'));
    await post(bench);
    expect(await story(bench)).toEqual([['failing op-1', 'recovered op-1']]);
  });

  test('let messages be edited, and leave each task that has one its thread, which wakes nobody', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.see(begins('op-1'), begins('op-2'));
    await post(bench);
    await bench.quiet(60, 60);
    await bench.see(failed('op-1'), failed('op-2'), failed('op-3'));
    await post(bench);
    expect(await story(bench)).toEqual([['failing op-1'], ['failing op-2']]);
    expect(bench.seen().map(({ text }) => text)).toEqual(Array(2).fill(expect.stringMatching(/failed/)));
    bench.advance(HOUR);
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([
      ['failing op-1', 'failed op-1'],
      ['failing op-2', 'failed op-2'],
      ['quiet: failed op-1, failed op-2, failed op-3', 'part: failed op-1, failed op-2, failed op-3'],
    ]);
    // The channel hears of it first; the threads follow.
    const posted = bench.workspace.posts
      .filter(({ kind }) => kind === 'post')
      .map(({ threadTs }) => threadTs);
    expect(posted.slice(2).map((thread) => thread === null)).toEqual([true, false, false, false]);
  });

  test('that held one thread show its last alarm in the channel', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.see(begins('op-1'));
    await post(bench);
    await bench.quiet(60, 60);
    for (const look of [failed('op-1'), runs('op-1'), failed('op-1')]) await bench.see(look);
    bench.advance(HOUR);
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([['failing op-1', 'failed op-1', 'recovered op-1', '! failed op-1']]);
  });

  test('call nobody; the summary calls everybody whom its tasks would have called, once', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ['failed'], { mentions: [HERE] });
    await bench.subscribe(bench.channel, ['failing'], {
      ...{ mentions: [OPS], terms: [{ field: 'type', values: ['firmware'], not: false }] },
    });
    await bench.see(begins('op-1'));
    await post(bench);
    await bench.quiet(60, 60);
    await bench.see(failed('op-1'), begins('op-2'));
    await post(bench);
    const before = bench.workspace.posts.length;
    bench.advance(HOUR);
    await releaseAndPost(bench);
    const posts = bench.workspace.posts.slice(before).filter(({ kind }) => kind === 'post');
    const calling = posts.filter(({ text }) => /<!/.test(text));
    expect(calling).toHaveLength(1);
    expect(calling[0]?.text).toContain('<!here>');
    expect(calling[0]?.text).toContain('<!subteam^SOPS>');
  });

  test('are not overtaken by what is noticed between their end and the summary', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.quiet(60, 60);
    await bench.see(failed('op-1'), failed('op-2'));
    bench.advance(HOUR);
    await bench.see(failed('op-3'), runs('op-1'));
    await post(bench);
    expect(await story(bench)).toEqual([]);
    await releaseAndPost(bench);
    await bench.see(failed('op-4'));
    await post(bench);
    expect((await story(bench)).map(([root]) => root)).toEqual([
      'quiet: failed>recovered op-1, failed op-2, failed op-3',
      'failed op-4',
    ]);
  });

  test('after a storm and an absence still end with one summary', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.quiet(60, 60);
    await bench.see(...many(30).map(failed));
    await bench.seeAfterAbsence(...many(15, 31).map(failed));
    bench.advance(HOUR);
    await releaseAndPost(bench);
    const [summary, ...others] = await story(bench);
    expect(others).toEqual([]);
    expect(
      summary
        ?.slice(1)
        .join()
        .match(/op-\d+/g),
    ).toEqual([...many(30).toSorted(), ...many(15, 31).toSorted()]);
  });

  test('of one channel hold nothing of another', async () => {
    await using bench = await setUp();
    const other = bench.workspace.channelInfo('iot-alerts').id;
    for (const channel of [bench.channel, other]) await bench.subscribe(channel, ALARMS);
    await bench.quiet(60, 60);
    await bench.see(failed('op-1'));
    await releaseAndPost(bench);
    expect([await story(bench), await story(bench, other)]).toEqual([[], [['failed op-1']]]);
  });

  test('that are taken back let go at once', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.quiet(60, 60);
    await bench.see(failed('op-1'));
    await bench.quiet(60, -30);
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([['failed op-1']]);
  });
});

describe('a mute', () => {
  test('for an hour ends with one reply that tells what the thread missed, in the channel where one of it would be', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.see(begins('op-1'), begins('op-2'));
    await post(bench);
    await mute(bench, 'op-1', HOUR);
    for (const look of [failed('op-1'), runs('op-1')]) await bench.see(look);
    await bench.see(failed('op-2'));
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([['failing op-1'], ['failing op-2', '! failed op-2']]);
    bench.advance(HOUR);
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([
      ['failing op-1', '! failed>recovered op-1'],
      ['failing op-2', '! failed op-2'],
    ]);
    expect(await why(bench, 'op-1')).toEqual(
      expect.arrayContaining(['failed muted sent', 'recovered muted sent']),
    );
  });

  test('in which no alarm was raised ends without waking the channel; one in which nothing happened, in silence', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.see(failed('op-1'), failed('op-2'));
    await post(bench);
    for (const id of ['op-1', 'op-2']) await mute(bench, id, HOUR);
    await bench.see(runs('op-1'));
    bench.advance(HOUR);
    const edits = bench.calls('chat.update');
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([['failed op-1', 'recovered op-1'], ['failed op-2']]);
    // Both messages are looked at anew: they no longer show the mute.
    expect(bench.calls('chat.update')).toBeGreaterThanOrEqual(edits);
    expect(await bench.store.db.selectFrom('mute').selectAll().execute()).toEqual([]);
  });

  test('until the task ends swallows what happens on the way and tells the end', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ['failing', 'failed']);
    await bench.see(begins('op-1'));
    await post(bench);
    await mute(bench, 'op-1', null);
    await bench.see(runs('op-1', { failed: 19, running: 1 }));
    await bench.see({ ...failed('op-1'), status: 'stopped' });
    await post(bench);
    expect(await story(bench)).toEqual([['failing op-1', 'stopped op-1']]);
    await bench.see(runs('op-1'));
    await post(bench);
    expect(await story(bench)).toEqual([['failing op-1', 'stopped op-1', 'started op-1']]);
  });

  test('that ends in quiet hours is told with their summary', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.see(begins('op-1'));
    await post(bench);
    await mute(bench, 'op-1', HOUR);
    await bench.quiet(60, 120);
    await bench.see(failed('op-1'), failed('op-2'));
    bench.advance(HOUR);
    await releaseAndPost(bench);
    await bench.see(runs('op-1'));
    expect(await story(bench)).toEqual([['failing op-1']]);
    bench.advance(HOUR);
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([
      ['failing op-1', 'failed op-1', 'recovered op-1'],
      ['quiet: failed>recovered op-1, failed op-2', 'part: failed>recovered op-1, failed op-2'],
    ]);
  });

  test('that outlasts quiet hours is not cut short by their end', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.see(begins('op-1'));
    await post(bench);
    await mute(bench, 'op-1', 2 * HOUR);
    await bench.quiet(60, 60);
    await bench.see(failed('op-1'), failed('op-2'));
    bench.advance(HOUR);
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([['failing op-1'], ['failed op-2']]);
    bench.advance(HOUR);
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([['failing op-1', '! failed op-1'], ['failed op-2']]);
  });

  test('that somebody ends tells at once what it held', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.see(begins('op-1'));
    await post(bench);
    await mute(bench, 'op-1', 8 * HOUR);
    await bench.see(failed('op-1'));
    await deleteMute(bench.store.db, bench.channel, 'op-1', bench.now());
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([['failing op-1', '! failed op-1']]);
  });

  test('like many others at once wakes the channel once', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    for (const id of many(8)) await bench.see(begins(id));
    await post(bench);
    for (const id of many(8)) await mute(bench, id, HOUR);
    for (const id of many(8)) await bench.see(failed(id));
    bench.advance(HOUR);
    await releaseAndPost(bench);
    const told = await story(bench);
    expect(told.slice(0, 8)).toEqual(many(8).map((id) => [`failing ${id}`, `failed ${id}`]));
    expect(told.slice(8).map(([root]) => root?.split(':')[0])).toEqual(['storm']);
  });
});

describe('a channel that was closed', () => {
  test('is told in one summary what happened meanwhile, and goes on as usual', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.see(begins('op-1'));
    await post(bench);
    await close(bench);
    await bench.see(failed('op-1'), failed('op-2'));
    await bench.see(failed('op-3'));
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([['failing op-1']]);
    await resumeChannel(bench.store.db, bench.channel);
    await bench.see(failed('op-4'));
    await releaseAndPost(bench);
    await bench.see(failed('op-5'));
    await post(bench);
    expect(await story(bench)).toEqual([
      ['failing op-1', 'failed op-1'],
      [expect.stringMatching(/^suspended: failed op-1, .*op-2, .*op-3, .*op-4$/), expect.any(String)],
      ['failed op-5'],
    ]);
  });

  test('in the middle of quiet hours waits for their end, and is told once', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.quiet(60, 60);
    await bench.see(failed('op-1'));
    await close(bench);
    await bench.see(failed('op-2'));
    await resumeChannel(bench.store.db, bench.channel);
    await releaseAndPost(bench);
    await bench.see(failed('op-3'));
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([]);
    bench.advance(HOUR);
    await releaseAndPost(bench);
    expect((await story(bench)).map(([root]) => root)).toEqual([
      'suspended: failed op-1, failed op-2, failed op-3',
    ]);
  });

  test('while its quiet hours were over is told when it opens', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.quiet(60, 60);
    await bench.see(failed('op-1'));
    await close(bench);
    bench.advance(HOUR);
    await bench.see(failed('op-2'));
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([]);
    await resumeChannel(bench.store.db, bench.channel);
    await releaseAndPost(bench);
    expect((await story(bench)).map(([root]) => root)).toEqual(['suspended: failed op-1, failed op-2']);
  });

  test('and closes again keeps its summary, which grows by what came since', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.see(begins('op-9'));
    await post(bench);
    await close(bench);
    await bench.see(failed('op-1'), failed('op-2'), failed('op-9'));
    for (let time = 0; time < 3; time += 1) {
      await resumeChannel(bench.store.db, bench.channel);
      await bench.release();
      await close(bench);
      bench.advance(10 * MINUTE);
    }
    await bench.see(failed('op-3'), runs('op-1'));
    await resumeChannel(bench.store.db, bench.channel);
    await releaseAndPost(bench);
    const lines = 'failed>recovered op-1, failed op-2, failed op-9, failed op-3';
    expect(await story(bench)).toEqual([
      ['failing op-9', 'failed op-9'],
      [`suspended: ${lines}`, `part: ${lines}`],
    ]);
    expect(await why(bench, 'op-1')).toEqual(
      expect.arrayContaining(['failed first-notification sent', 'recovered has-a-thread sent']),
    );
  });

  test('does not hear again of what Slack takes in no form', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.see(failed('op-1'), failed('op-2'), failed('op-3'));
    const [first] = await bench.notifications();
    if (first) await refuseNotification(bench.store.db, first);
    await close(bench);
    await resumeChannel(bench.store.db, bench.channel);
    await releaseAndPost(bench);
    expect((await story(bench)).map(([root]) => root)).toEqual(['suspended: failed op-2, failed op-3']);
    await bench.see(runs('op-1'));
    await bench.see(failed('op-1'));
    await post(bench);
    expect((await story(bench)).at(-1)).toEqual(['failed op-1']);
  });

  test('for more than seven days forgets what is older, and hears of those tasks anew', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await close(bench);
    await bench.see(failed('op-1'), begins('op-2'));
    for (let day = 1; day <= 7; day += 1) {
      bench.advance(DAY);
      // The channel is tried in vain, as every ten minutes: nothing grows younger by it.
      await resumeChannel(bench.store.db, bench.channel);
      await bench.release();
      await close(bench);
    }
    bench.advance(1);
    await bench.see(runs('op-2'));
    await expireSuspended(bench.store.db, bench.now() - 7 * DAY);
    await bench.see(runs('op-1'));
    await bench.see(failed('op-1'));
    await resumeChannel(bench.store.db, bench.channel);
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([['failed op-1']]);
    expect(await why(bench, 'op-2')).toContain('failing first-notification expired');
  });

  test('does not lose a mute over it, and is told of everything else at once', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.see(begins('op-1'));
    await post(bench);
    await mute(bench, 'op-1', HOUR);
    await close(bench);
    await bench.see(failed('op-1'), failed('op-2'), failed('op-3'));
    await resumeChannel(bench.store.db, bench.channel);
    await releaseAndPost(bench);
    const summary = ['suspended: failed op-2, failed op-3', 'part: failed op-2, failed op-3'];
    expect(await story(bench)).toEqual([['failing op-1'], summary]);
    bench.advance(HOUR);
    await releaseAndPost(bench);
    expect(await story(bench)).toEqual([['failing op-1', '! failed op-1'], summary]);
  });

  test('and unsubscribed is left alone, not tried every minute, and its notifications go after seven days', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.see(begins('op-1'));
    await post(bench);
    await bench.store.db.deleteFrom('subscription').execute();
    bench.workspace.changeChannel(bench.channel, { archived: true });
    await bench.see(failed('op-1'));
    await post(bench);
    const calls = bench.calls('chat.postMessage');
    await releaseAndPost(bench);
    await releaseAndPost(bench);
    expect(bench.calls('chat.postMessage')).toBe(calls);
    expect(await expireSuspended(bench.store.db, bench.now() + 1)).toBe(1);
  });
});

describe('what is in doubt', () => {
  test('stays in doubt in the summary that tells it', async () => {
    await using bench = await setUp();
    await bench.subscribe(bench.channel, ALARMS);
    await bench.see(failed('op-1'), failed('op-2'));
    await bench.store.db
      .updateTable('notification')
      .set({ doubtful: 1 })
      .where('operation_id', '=', 'op-1')
      .execute();
    await close(bench);
    await resumeChannel(bench.store.db, bench.channel);
    await releaseAndPost(bench);
    const summary = (await bench.notifications()).find(({ kind }) => kind === 'summary');
    expect(summary).toMatchObject({ state: 'sent', doubtful: 1 });
  });
});
