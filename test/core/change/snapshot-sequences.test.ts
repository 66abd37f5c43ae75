import { expect, test } from '@jest/globals';
import type { Task } from '../../../src/core/task/task.ts';
import fc from '../../properties.ts';
import { aTask, called, HOUR, NOON } from '../tasks.ts';
import { kinds, Watching } from '../watching.ts';

const counter = fc.constantFrom(null, 0, 1, 9, 10, 50);

/** Any snapshot of one task, its policy included: nothing about it is sure to stay. */
const snapshot: fc.Arbitrary<Task> = fc
  .record({
    status: fc.constantFrom('waiting', 'running', 'running', 'failed', 'succeeded', 'stopped', 'paused'),
    fail: counter,
    success: counter,
    total: fc.constantFrom(null, 0, 100),
    executeType: fc.constantFrom('custom', 'now', null),
    startTime: fc.constantFrom(null, NOON + HOUR, NOON + 8 * HOUR),
    endTime: fc.constantFrom(null, NOON + 4 * HOUR, NOON + 12 * HOUR),
  })
  .map(({ status, fail, success, total, ...policy }) =>
    aTask({ ...called(status), tally: { failed: fail, succeeded: success, total }, policy }),
  );
const pause = fc.constantFrom(1, HOUR, 7 * HOUR);
const look = fc.oneof(
  { weight: 6, arbitrary: fc.record({ task: snapshot, after: pause }) },
  { weight: 1, arbitrary: fc.record({ task: fc.constant(null), after: pause }) },
);

/** Kinds that only the clock brings about. */
const BY_TIME = ['stalled', 'overdue'];

test('a snapshot compared with itself changes nothing but what the time brings', () => {
  fc.assert(
    fc.property(snapshot, fc.boolean(), pause, (task, news, after) => {
      const bot = new Watching(task, news);
      for (const kind of kinds(bot.see(task, after))) expect(BY_TIME).toContain(kind);
      expect(bot.see(task, 0)).toEqual([]);
    }),
    { numRuns: 5_000 },
  );
});

test('within one run of a task no alarm is told twice, whatever is seen', () => {
  fc.assert(
    fc.property(snapshot, fc.array(look, { maxLength: 12 }), (first, looks) => {
      const bot = new Watching(first);
      let told = [...kinds(bot.first)];
      for (const { task, after } of looks) {
        const before = bot.watched;
        const news = kinds(task === null ? bot.miss(after) : bot.see(task, after));
        if (news.includes('started') || news.includes('recovered')) told = [];
        // A stall ends when the task moves: the next one is another.
        if (bot.watched.movedAt !== before.movedAt) told = told.filter((kind) => kind !== 'stalled');
        if (news.includes('resumed')) expect(before.alarms.stalled && !bot.watched.alarms.stalled).toBe(true);
        told.push(...news);
        const count = (kind: string) => told.filter((one) => one === kind).length;
        expect(count('failing')).toBeLessThanOrEqual(1);
        expect(count('stalled')).toBeLessThanOrEqual(1);
        expect(count('overdue')).toBeLessThanOrEqual(2);
      }
    }),
    { numRuns: 5_000 },
  );
});

test('snapshots that were skipped invent no kind that the end state does not bear out', () => {
  const ofStatus: Readonly<Record<string, readonly string[]>> = {
    running: ['started', 'recovered', 'progress'],
    waiting: ['recovered', 'progress'],
    unknown: ['ended', 'progress'],
    failed: ['failed', 'progress'],
    succeeded: ['succeeded', 'progress'],
    stopped: ['stopped', 'progress'],
  };
  fc.assert(
    fc.property(snapshot, snapshot, pause, (first, last, after) => {
      const bot = new Watching(first);
      const news = kinds(bot.see(last, after));
      const alarms = ['failing', 'stalled', 'overdue'];
      for (const kind of news) {
        expect([...(ofStatus[last.status] ?? []), ...alarms]).toContain(kind);
      }
      expect(news.filter((kind) => !alarms.includes(kind)).length).toBeLessThanOrEqual(1);
      if (last.status !== 'running')
        expect(news.filter((kind) => kind === 'failing' || kind === 'stalled')).toEqual([]);
      if (['failed', 'succeeded', 'stopped'].includes(last.status)) expect(news).not.toContain('overdue');
    }),
    { numRuns: 5_000 },
  );
});
