import { describe, expect, test } from '@jest/globals';
import { aTask, BARE_TASK, called, DAY, HOUR, MINUTE, NOON } from '../tasks.ts';
import { kinds, Watching } from '../watching.ts';

const waiting = aTask({ status: 'waiting', startTime: null });
const running = aTask();
const failed = aTask({ status: 'failed', stopTime: NOON - MINUTE, tally: { failed: 100 } });

describe('a task seen for the first time', () => {
  test('while the bot watches, a waiting one was created', () => {
    expect(new Watching(waiting).first).toEqual([{ kind: 'created', at: NOON - HOUR }]);
  });

  test('a running one was created and started, each at its own time', () => {
    expect(new Watching(aTask({ startTime: NOON - MINUTE })).first).toEqual([
      { kind: 'created', at: NOON - HOUR },
      { kind: 'started', at: NOON - MINUTE },
    ]);
  });

  test.each([
    ['failed', 'failed'],
    ['succeeded', 'succeeded'],
    ['stopped', 'stopped'],
  ] as const)('one that was born and ended between two looks is told by how it ended: %s', (status, kind) => {
    expect(new Watching(aTask({ status, stopTime: NOON - 5 })).first).toEqual([{ kind, at: NOON - 5 }]);
  });

  test('without times, it happened when the bot saw it', () => {
    expect(new Watching(BARE_TASK).first).toEqual([
      { kind: 'created', at: NOON },
      { kind: 'started', at: NOON },
    ]);
  });

  test('one with a status nobody knows was created', () => {
    expect(kinds(new Watching(aTask({ status: 'unknown', statusWord: 'paused' })).first)).toEqual([
      'created',
    ]);
  });

  test.each([['failed'], ['running'], ['waiting'], ['paused']])(
    'one that was there before is nobody’s news: %s',
    (status) => {
      expect(new Watching(aTask(called(status)), false).first).toEqual([]);
    },
  );
});

describe('a task that moves', () => {
  test('starts, at the platform’s own time', () => {
    const bot = new Watching(waiting);
    expect(bot.see(aTask({ startTime: NOON + 30_000 }))).toEqual([{ kind: 'started', at: NOON + 30_000 }]);
  });

  test('makes progress when a counter moves, seen now', () => {
    const bot = new Watching(running);
    expect(bot.see(aTask({ tally: { succeeded: 1 } }))).toEqual([{ kind: 'progress', at: NOON + MINUTE }]);
  });

  test('makes progress when its end is dated later than its status, since messages show it', () => {
    const failed = aTask({ status: 'failed', stopTime: null });
    const bot = new Watching(failed);
    expect(kinds(bot.see(aTask({ status: 'failed', stopTime: NOON })))).toEqual(['progress']);
    expect(kinds(bot.see(aTask({ status: 'failed', stopTime: NOON })))).toEqual([]);
  });

  test('makes progress when a counter becomes unknown, since unknown is shown as such', () => {
    expect(kinds(new Watching(running).see(aTask({ tally: { succeeded: null } })))).toEqual(['progress']);
  });

  test('ends once, whatever its counters do at the same time', () => {
    expect(new Watching(running).see(failed)).toEqual([{ kind: 'failed', at: NOON - MINUTE }]);
  });

  test('succeeds or is stopped', () => {
    expect(kinds(new Watching(running).see(aTask({ status: 'succeeded' })))).toEqual(['succeeded']);
    expect(kinds(new Watching(running).see(aTask({ status: 'stopped' })))).toEqual(['stopped']);
  });

  test('ends from waiting: the run in between was not seen and is not told', () => {
    expect(kinds(new Watching(waiting).see(failed))).toEqual(['failed']);
  });

  test('goes from one ending to another', () => {
    expect(kinds(new Watching(failed).see(aTask({ status: 'succeeded' })))).toEqual(['succeeded']);
  });

  test('into a status nobody knows, out of the active lists, has ended; and begins anew where it comes back', () => {
    const bot = new Watching(running);
    expect(kinds(bot.see(aTask({ status: 'unknown', statusWord: 'archived' })))).toEqual(['ended']);
    expect(bot.watched.active).toBe(false);
    expect(kinds(bot.see(aTask({ status: 'unknown', statusWord: 'archived' })))).toEqual([]);
    expect(kinds(bot.see(aTask({ status: 'unknown', statusWord: 'purged' })))).toEqual(['progress']);
    expect(kinds(bot.see(running))).toEqual(['started']);
    expect([bot.watched.task.status, bot.watched.active]).toEqual(['running', true]);
  });

  test('into a status nobody knows has not ended while it is listed as active; it has when it leaves the lists', () => {
    const bot = new Watching(running);
    const paused = aTask({ status: 'unknown', statusWord: 'paused' });
    bot.listed = new Set([paused.operationId]);
    expect(kinds(bot.see(paused))).toEqual(['progress']);
    expect(bot.watched.active).toBe(true);
    bot.listed = new Set();
    expect(kinds(bot.see(paused))).toEqual(['ended']);
  });

  test('into a status nobody knows with an end has ended then, whatever lists it', () => {
    const bot = new Watching(running);
    const archived = aTask({ status: 'unknown', statusWord: 'archived', stopTime: NOON - 5 });
    bot.listed = new Set([archived.operationId]);
    expect(bot.see(archived)).toEqual([{ kind: 'ended', at: NOON - 5 }]);
  });

  test('from an end that is known into a status nobody knows has neither ended again nor recovered', () => {
    const bot = new Watching(aTask({ status: 'failed' }));
    expect(kinds(bot.see(aTask({ status: 'unknown', statusWord: 'archived' })))).toEqual(['progress']);
  });

  test('has not ended again when the moment of its end becomes known later', () => {
    const bot = new Watching(running);
    expect(kinds(bot.see(aTask({ status: 'unknown', statusWord: 'archived' })))).toEqual(['ended']);
    expect(kinds(bot.see(aTask({ status: 'unknown', statusWord: 'archived', stopTime: NOON })))).toEqual([
      'progress',
    ]);
  });

  test('found in a status nobody knows is new, or has ended where its end is known', () => {
    expect(kinds(new Watching(aTask({ status: 'unknown', statusWord: 'preparing' })).first)).toEqual([
      'created',
    ]);
    expect(
      kinds(new Watching(aTask({ status: 'unknown', statusWord: 'archived', stopTime: NOON })).first),
    ).toEqual(['ended']);
  });

  test('a look that shows the same says nothing', () => {
    const bot = new Watching(running);
    expect(bot.see(aTask())).toEqual([]);
    expect(bot.watched.movedAt).toBe(NOON);
    expect(bot.watched.seenAt).toBe(NOON + MINUTE);
  });
});

describe('retries', () => {
  test('a failed task that is retried is told as recovered', () => {
    const bot = new Watching(failed);
    expect(bot.see(running)).toEqual([{ kind: 'recovered', at: NOON + MINUTE }]);
    expect(kinds(bot.see(failed))).toEqual(['failed']);
    expect(kinds(bot.see(running))).toEqual(['recovered']);
  });

  test('a task already failed when first seen and retried is news', () => {
    expect(kinds(new Watching(failed, false).see(running))).toEqual(['recovered']);
  });

  test('a retry that waits first has recovered, and starts later', () => {
    const bot = new Watching(failed);
    expect(kinds(bot.see(waiting))).toEqual(['recovered']);
    expect(kinds(bot.see(running))).toEqual(['started']);
  });

  test('a stopped task that runs again has started', () => {
    expect(kinds(new Watching(aTask({ status: 'stopped' })).see(running))).toEqual(['started']);
  });
});

describe('a task the platform no longer knows', () => {
  test('has vanished, told once', () => {
    const bot = new Watching(running);
    expect(bot.miss()).toEqual([{ kind: 'vanished', at: NOON + MINUTE }]);
    expect(bot.miss()).toEqual([]);
    expect(bot.watched.vanishedAt).toBe(NOON + MINUTE);
  });

  test('and comes back as it was: its message, which says that it vanished, is to be edited', () => {
    const bot = new Watching(running);
    bot.miss();
    expect(kinds(bot.see(running))).toEqual(['progress']);
    expect(bot.watched.vanishedAt).toBeNull();
    expect(bot.see(running)).toEqual([]);
  });

  test('and comes back ended', () => {
    const bot = new Watching(running);
    bot.miss();
    expect(kinds(bot.see(failed))).toEqual(['failed']);
  });

  test('vanishes again: told again', () => {
    const bot = new Watching(running);
    bot.miss();
    bot.see(running);
    expect(kinds(bot.miss())).toEqual(['vanished']);
  });
});

test('what is remembered is the newest snapshot, and when the task was first seen', () => {
  const bot = new Watching(waiting);
  const later = aTask({ tally: { succeeded: 4 }, createTime: NOON - DAY });
  bot.see(later);
  expect(bot.watched).toMatchObject({
    task: later,
    firstSeenAt: NOON,
    seenAt: NOON + MINUTE,
    movedAt: NOON + MINUTE,
  });
});
