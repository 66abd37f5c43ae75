import { describe, expect, test } from '@jest/globals';
import { CHANGE_KINDS, type ChangeKind } from '../../../src/core/change/changes.ts';
import { parseTerms } from '../../../src/core/filter/parse-terms.ts';
import type { TaskChanges } from '../../../src/core/notification/outbox-plan.ts';
import { isLoud, type PastChange, previewSubscription } from '../../../src/core/notification/preview.ts';
import type { Wished } from '../../../src/core/subscription/apply-wish.ts';
import type { Task } from '../../../src/core/task/task.ts';
import type { Instant } from '../../../src/lib/instant.ts';
import fc from '../../properties.ts';
import { planOutbox } from '../plan-outbox.ts';
import { aTask, HOUR, MINUTE, NOON } from '../tasks.ts';

const WISHED: Wished = { terms: [], kinds: ['failed', 'failing', 'stalled'], mentions: [], thresholds: {} };

function past(task: string | Task, kind: ChangeKind, noticedAt: Instant, rule?: string): PastChange {
  const one = typeof task === 'string' ? aTask({ operationId: task }) : task;
  return { task: one, change: { kind, at: noticedAt, ...(rule !== undefined && { rule }) }, noticedAt };
}

describe('a preview', () => {
  test('counts what would have been posted, by kind', () => {
    const preview = previewSubscription(WISHED, [
      past('a', 'failed', NOON),
      past('b', 'failing', NOON + MINUTE),
      past('c', 'failed', NOON + 2 * MINUTE),
      past('d', 'succeeded', NOON + 2 * MINUTE),
    ]);
    expect(preview).toMatchObject({ messages: 3, summaries: 0, replies: 0 });
    expect([...preview.kinds]).toEqual([
      ['failed', 2],
      ['failing', 1],
    ]);
  });

  test('goes on in the thread of a task it has told of: only failures show in the channel', () => {
    const preview = previewSubscription(WISHED, [
      past('a', 'failing', NOON),
      past('a', 'failed', NOON + MINUTE),
      past('a', 'recovered', NOON + 2 * MINUTE),
      past('a', 'succeeded', NOON + 3 * MINUTE),
    ]);
    expect(preview).toMatchObject({ messages: 2, replies: 2 });
  });

  test('what is found at one look is one message for a task, and one for many tasks', () => {
    const many = Array.from({ length: 6 }, (_, index) => past(`op-${index}`, 'failed', NOON));
    const twice = [past('a', 'failing', NOON + MINUTE), past('a', 'failed', NOON + MINUTE)];
    const preview = previewSubscription(WISHED, [...many, ...twice]);
    expect(preview).toMatchObject({ messages: 2, summaries: 1, summarised: 6 });
    expect([...preview.kinds]).toEqual([['failed', 1]]);
    expect(previewSubscription(WISHED, many.slice(1))).toMatchObject({ messages: 5, summaries: 0 });
  });

  test('names the latest three, latest first, whatever the order they come in', () => {
    const all = [3, 1, 4, 2].map((minute) => past(`op-${minute}`, 'failed', NOON + minute * MINUTE));
    const { examples } = previewSubscription(WISHED, all);
    expect(examples.map(({ operationId }) => operationId)).toEqual(['op-4', 'op-3', 'op-2']);
  });

  test('leaves out what the filter does not let through, counting times from each change', () => {
    const { terms } = parseTerms('firmware since:2h');
    const young = aTask({ operationId: 'young', createTime: NOON - HOUR });
    const software = aTask({ operationId: 'software', type: 'software', createTime: NOON - HOUR });
    const all = [past(young, 'failed', NOON), past(software, 'failed', NOON)];
    expect(previewSubscription({ ...WISHED, terms }, all).messages).toBe(1);
    const late = [past(young, 'failed', NOON + 2 * HOUR)];
    expect(previewSubscription({ ...WISHED, terms }, late).messages).toBe(0);
  });

  test('goes by thresholds of its own where it has some', () => {
    const wished = { ...WISHED, thresholds: { stalledAfter: HOUR } };
    const all = [
      past('a', 'stalled', NOON),
      past('b', 'stalled', NOON, `stalled:${HOUR}`),
      past('c', 'failing', NOON),
    ];
    expect([...previewSubscription(wished, all).kinds]).toEqual([
      ['stalled', 1],
      ['failing', 1],
    ]);
    expect(previewSubscription(WISHED, all).messages).toBe(2);
  });

  test('is nothing where nothing happened, and loud above a hundred messages', () => {
    const nothing = { messages: 0, summaries: 0, summarised: 0, replies: 0, examples: [] };
    expect(previewSubscription(WISHED, [])).toMatchObject(nothing);
    expect(isLoud({ messages: 100 })).toBe(false);
    expect(isLoud({ messages: 101 })).toBe(true);
  });
});

/** What was found at one look: which tasks went through which kinds of change. */
const anyLook = fc.uniqueArray(
  fc.record({
    task: fc.integer({ min: 0, max: 11 }),
    kinds: fc.subarray(
      CHANGE_KINDS.filter((kind) => kind !== 'progress'),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  { selector: ({ task }) => task, maxLength: 12 },
);

test('says what the plan of every look would really have posted', () => {
  fc.assert(
    fc.property(fc.array(anyLook, { maxLength: 6 }), fc.subarray([...CHANGE_KINDS]), (looks, kinds) => {
      const changes = looks.map((look, index) =>
        look.map(({ task, kinds: some }): TaskChanges => {
          const at = NOON + index * MINUTE;
          return {
            task: aTask({ operationId: `op-${task}` }),
            movedAt: at,
            changes: some.map((kind) => ({ kind, at })),
          };
        }),
      );
      const wished = { ...WISHED, kinds };
      const all = changes.flatMap((look, index) =>
        look.flatMap(({ task, changes: some }) =>
          some.map(({ kind }) => past(task, kind, NOON + index * MINUTE)),
        ),
      );
      expect(previewSubscription(wished, all)).toMatchObject(planned(wished, changes));
    }),
    { numRuns: 500 },
  );
});

function planned(wished: Wished, looks: readonly (readonly TaskChanges[])[]) {
  const threads = new Map<string, Map<string, string>>();
  const total = { messages: 0, summaries: 0, summarised: 0 };
  let ids = 0;
  looks.forEach((look, index) => {
    const { messages, notifications } = planOutbox(look, {
      subscriptions: [{ ...wished, id: 's', channel: 'C1' }],
      threads,
      mutes: new Map(),
      quiet: new Set(),
      now: NOON + index * MINUTE,
      newId: () => `id-${ids++}`,
    });
    for (const { id, operationIds } of messages) {
      for (const operationId of operationIds) threads.set(operationId, new Map([['C1', id]]));
    }
    for (const { place, broadcast, content } of notifications) {
      if (place === 'root' || broadcast) total.messages += 1;
      if (content.kind !== 'summary') continue;
      total.summaries += 1;
      total.summarised += content.entries.length;
    }
  });
  return total;
}
