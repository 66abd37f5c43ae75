import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CHANGE_KINDS } from '../../src/core/changes.ts';
import type { Term } from '../../src/core/filter/filter.ts';
import { decideNotices, type Subscription } from '../../src/core/notices.ts';
import { MAX_SINGLE_ROOTS, planOutbox } from '../../src/core/outbox-plan.ts';
import { aTask, NOON } from './tasks.ts';

const CHANNELS = ['C1', 'C2', 'C3'];
const kind = fc.constantFrom(...CHANGE_KINDS);
const terms: fc.Arbitrary<readonly Term[]> = fc.constantFrom<readonly Term[]>(
  [],
  [{ field: 'status', values: ['failed'], not: false }],
  [{ field: 'task', values: ['op-0', 'op-1'], not: true }],
);
const subscriptions: fc.Arbitrary<readonly Subscription[]> = fc.array(
  fc.record({
    id: fc.uuid(),
    channel: fc.constantFrom(...CHANNELS),
    terms,
    kinds: fc.uniqueArray(kind, { minLength: 1 }),
  }),
  { maxLength: 5 },
);
/** For each task: how it stands, what changed, and in which channels it has a message. */
const tasks = fc.array(
  fc.record({
    status: fc.constantFrom('processing', 'failed'),
    kinds: fc.array(kind, { minLength: 1, maxLength: 3 }),
    threads: fc.subarray(CHANNELS),
  }),
  { maxLength: 15 },
);

const REASONS = [
  'first-notice',
  'told-with-the-first-notice',
  'has-a-thread',
  'progress-edits-the-root',
  'filter-does-not-match',
  'kind-not-wanted',
];

test('whatever changes, each is decided with a reason and planned under a message that exists', () => {
  fc.assert(
    fc.property(subscriptions, tasks, fc.boolean(), (wishes, seen, away) => {
      const all = seen.map(({ status, kinds }, index) => ({
        task: aTask({ operationId: `op-${index}`, status }),
        changes: kinds.map((one) => ({ kind: one, at: NOON })),
      }));
      const threads = new Map(
        seen.map((one, index) => [
          `op-${index}`,
          new Map(one.threads.map((channel) => [channel, `old-${index}-${channel}`])),
        ]),
      );
      let id = 0;
      const newId = () => String(++id);
      const plan = planOutbox(all, { subscriptions: wishes, threads, now: NOON, away, newId });

      const roots = plan.messages.flatMap(({ channel, operationIds }) =>
        operationIds.map((operationId) => `${channel} ${operationId}`),
      );
      expect(new Set(roots).size).toBe(roots.length);
      const old = [...threads.values()].flatMap((channels) => [...channels.values()]);
      const known = new Set([...old, ...plan.messages.map((message) => message.id)]);
      for (const { messageId } of plan.notices) expect(known).toContain(messageId);
      for (const edit of plan.edits) expect(old).toContain(edit);
      expect(new Set(plan.notices.map((notice) => notice.id)).size).toBe(plan.notices.length);
      for (const channel of CHANNELS) {
        const single = plan.messages.filter((one) => one.channel === channel && one.kind === 'task');
        expect(single.length).toBeLessThanOrEqual(away ? 0 : MAX_SINGLE_ROOTS);
        expect(
          plan.messages.filter((one) => one.channel === channel && one.kind === 'summary').length,
        ).toBeLessThanOrEqual(1);
      }
      for (const { broadcast, content } of plan.notices) {
        if (broadcast)
          expect(content).toMatchObject({ change: expect.stringMatching(/^(failed|failing|stalled)$/) });
      }
      for (const { task, changes } of all) {
        const withRoot = new Set(threads.get(task.operationId)?.keys());
        const decisions = decideNotices(task, changes, wishes, withRoot, NOON);
        const channels = new Set([...wishes.map(({ channel }) => channel), ...withRoot]);
        expect(decisions).toHaveLength(channels.size * changes.length);
        for (const { reason, tell, channel } of decisions) {
          expect(REASONS).toContain(reason);
          if (tell === 'root') {
            expect(withRoot).not.toContain(channel);
            expect(roots).toContain(`${channel} ${task.operationId}`);
          }
        }
      }
    }),
    { numRuns: 2_000 },
  );
});
