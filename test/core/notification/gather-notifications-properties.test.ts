import { expect, test } from '@jest/globals';
import { POSTED_KINDS } from '../../../src/core/change/changes.ts';
import {
  type Gathered,
  gatherMuted,
  gatherNotifications,
} from '../../../src/core/notification/gather-notifications.ts';
import type { SummaryCause } from '../../../src/core/notification/notification-content.ts';
import type { PlannedNotification } from '../../../src/core/notification/planned-notification.ts';
import { ENTRIES_PER_REPLY, MAX_SINGLE_ROOTS } from '../../../src/core/notification/summary-notifications.ts';
import fc from '../../properties.ts';
import { aNotification, aRoot, entriesOf } from '../planned.ts';
import { ANA, HERE, OPS } from '../subscriptions.ts';
import { HOUR, NOON } from '../tasks.ts';

const MENTIONS = [ANA, HERE, OPS];

/**
 * What waits in a channel, as the outbox can hold it: of some tasks the first notification and its replies, of others replies
 * only, under messages of their own or of a summary that was posted, in the order they were noticed.
 */
const unsent: fc.Arbitrary<readonly PlannedNotification[]> = fc
  .array(
    fc.record({
      changes: fc.array(
        fc.record({
          kind: fc.constantFrom(...POSTED_KINDS),
          broadcast: fc.boolean(),
          mentions: fc.subarray(MENTIONS),
          minute: fc.integer({ min: 0, max: 59 }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      place: fc.constantFrom('new', 'own', 'shared'),
    }),
    { maxLength: 30 },
  )
  .map((all) =>
    all
      .flatMap(({ changes, place }, task) =>
        changes
          .toSorted((one, other) => one.minute - other.minute)
          .map(({ kind, broadcast, mentions, minute }, index): PlannedNotification => {
            const id = `n-${task}-${index}`;
            const noticedAt = NOON + minute * 60_000;
            if (place === 'new' && index === 0) return aRoot(id, `op-${task}`, kind, { mentions, noticedAt });
            return aNotification(id, `op-${task}`, kind, {
              ...{ noticedAt, broadcast, mentions: broadcast ? mentions : [] },
              ...(place === 'shared' && { messageId: `posted-${task % 2}` }),
            });
          }),
      )
      .toSorted((one, other) => one.noticedAt - other.noticedAt),
  );
const causes = fc.constantFrom<SummaryCause>('storm', 'away', 'quiet', 'suspended');

function newIds(): () => string {
  let id = 0;
  return () => {
    id += 1;
    return `new-${id}`;
  };
}

const contextAt = (now: number, newId: () => string) => ({ channel: 'C1', now, newId });

/** What is to be told after gathering, in the order in which it is told. */
const left = ({ notifications, kept }: Gathered): readonly PlannedNotification[] => [
  ...notifications,
  ...kept,
];

const taskIdsOf = ({ operationId, content }: PlannedNotification): readonly string[] =>
  operationId === null ? entriesOf(content).map((entry) => entry.operationId) : [operationId];

function summaryLines({ notifications }: Gathered): readonly string[] {
  const root = notifications.find(({ place }) => place === 'root');
  return (root ? entriesOf(root.content) : []).map(
    ({ operationId, earlier, change }) => `${operationId} ${[...earlier, change].join('>')}`,
  );
}

function checkAll(gathered: Gathered, before: readonly PlannedNotification[]): void {
  const byId = new Map(left(gathered).map((notification) => [notification.id, notification]));
  expect(byId.size).toBe(left(gathered).length);
  for (const notification of before) {
    const merged = gathered.merged.get(notification.id);
    // Each is either told as it is or by one other that names its tasks.
    expect(byId.has(notification.id)).toBe(merged === undefined);
    const poster = byId.get(merged ?? notification.id);
    expect(poster).toBeDefined();
    const named = new Set(poster ? taskIdsOf(poster) : []);
    for (const id of taskIdsOf(notification)) expect(named).toContain(id);
  }
  const dropped = new Set(gathered.dropped);
  for (const { messageId } of left(gathered)) expect(dropped.has(messageId ?? '')).toBe(false);
  const lines = gathered.notifications
    .filter(({ place, messageId }) => place === 'reply' && messageId === gathered.message?.id)
    .flatMap(({ content }) => entriesOf(content));
  expect(lines.map(({ operationId }) => operationId)).toEqual(
    summaryLines(gathered).map((line) => line.split(' ')[0]),
  );
  expect(new Set(lines.map(({ operationId }) => operationId)).size).toBe(lines.length);
  for (const { content, place } of gathered.notifications) {
    if (place === 'reply') expect(entriesOf(content).length).toBeLessThanOrEqual(ENTRIES_PER_REPLY);
  }
  const known = new Set(before.map(({ messageId }) => messageId));
  for (const { messageId, place } of left(gathered)) {
    expect(known.has(messageId) || messageId === gathered.message?.id).toBe(true);
    if (place === 'root' && messageId !== gathered.message?.id) expect(gathered.message).toBeNull();
  }
}

test('whatever is gathered, each notification is told once, as itself or by one that names its task', () => {
  fc.assert(
    fc.property(unsent, causes, (notifications, cause) => {
      const gathered = gatherNotifications(notifications, { ...contextAt(NOON + HOUR, newIds()), cause });
      checkAll(gathered, notifications);
      const aloud = left(gathered).filter(({ broadcast }) => broadcast).length;
      const roots = left(gathered).filter(({ place }) => place === 'root').length;
      expect(aloud).toBeLessThanOrEqual(MAX_SINGLE_ROOTS);
      expect(roots).toBeLessThanOrEqual(gathered.message ? 1 : MAX_SINGLE_ROOTS);
    }),
    { numRuns: 600 },
  );
});

test('after a hold every task stands in the summary with all it went through, in order', () => {
  fc.assert(
    fc.property(unsent, fc.constantFrom<SummaryCause>('quiet', 'suspended'), (notifications, cause) => {
      const gathered = gatherNotifications(notifications, { ...contextAt(NOON + HOUR, newIds()), cause });
      const tasks = Map.groupBy(notifications, ({ operationId }) => operationId);
      if (tasks.size < 2) {
        expect(gathered.message).toBeNull();
        expect(
          left(gathered).filter(({ place, broadcast }) => place === 'root' || broadcast).length,
        ).toBeLessThan(2);
        return;
      }
      expect(new Set(summaryLines(gathered))).toEqual(
        new Set(
          [...tasks].map(
            ([id, some]) =>
              `${id} ${some.map(({ content }) => (content.kind === 'change' ? content.change : '')).join('>')}`,
          ),
        ),
      );
      expect(left(gathered).some(({ broadcast }) => broadcast)).toBe(false);
    }),
    { numRuns: 600 },
  );
});

test('everybody whom a notification calls is called, by messages that the channel sees', () => {
  const called = (notifications: readonly PlannedNotification[]) =>
    new Set(
      notifications
        .filter(({ place, broadcast }) => place === 'root' || broadcast)
        .flatMap(({ content }) => ('mentions' in content ? content.mentions : []))
        .map((mention) => JSON.stringify(mention)),
    );
  fc.assert(
    fc.property(unsent, causes, (notifications, cause) => {
      const gathered = gatherNotifications(notifications, { ...contextAt(NOON + HOUR, newIds()), cause });
      expect(called(left(gathered))).toEqual(called(notifications));
    }),
    { numRuns: 600 },
  );
});

test('what was gathered and held back again says the same when it is gathered again, however often', () => {
  fc.assert(
    fc.property(unsent, causes, (notifications, cause) => {
      const newId = newIds();
      const first = gatherNotifications(notifications, { ...contextAt(NOON + HOUR, newId), cause });
      const second = gatherNotifications(left(first), {
        ...contextAt(NOON + 2 * HOUR, newId),
        cause: 'suspended',
      });
      const third = gatherNotifications(left(second), {
        ...contextAt(NOON + 3 * HOUR, newId),
        cause: 'suspended',
      });
      checkAll(second, left(first));
      checkAll(third, left(second));
      expect(new Set(summaryLines(third))).toEqual(new Set(summaryLines(second)));
      expect(third.kept).toEqual(left(second).filter(({ id }) => !third.merged.has(id)));
      // Nothing grows younger by it.
      const newest = Math.max(0, ...notifications.map(({ noticedAt }) => noticedAt));
      for (const { noticedAt } of left(third)) expect(noticedAt).toBeLessThanOrEqual(newest);
    }),
    { numRuns: 600 },
  );
});

test('after mutes each task is told in one reply at the most', () => {
  fc.assert(
    fc.property(unsent, (all) => {
      const notifications = all.filter(({ place }) => place === 'reply');
      const gathered = gatherMuted(notifications, contextAt(NOON + HOUR, newIds()));
      checkAll(gathered, notifications);
      const ids = gathered.kept.map(({ operationId }) => operationId);
      expect(new Set(ids).size).toBe(ids.length);
      expect(left(gathered).filter(({ broadcast }) => broadcast).length).toBeLessThanOrEqual(
        MAX_SINGLE_ROOTS,
      );
    }),
    { numRuns: 600 },
  );
});
