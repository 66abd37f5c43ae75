import { expect, test } from '@jest/globals';
import { CHANGE_KINDS, type Change, POSTED_KINDS } from '../../../src/core/change/changes.ts';
import {
  decideNotifications,
  type NotificationDecision,
} from '../../../src/core/notification/decide-notifications.ts';
import type { Mute } from '../../../src/core/notification/mute.ts';
import type { OutboxContext, OutboxPlan, TaskChanges } from '../../../src/core/notification/outbox-plan.ts';
import type { PlannedNotification } from '../../../src/core/notification/planned-notification.ts';
import { MAX_SINGLE_ROOTS } from '../../../src/core/notification/summary-notifications.ts';
import type { Subscription } from '../../../src/core/subscription/subscription.ts';
import fc from '../../properties.ts';
import { planOutbox } from '../plan-outbox.ts';
import { entriesOf } from '../planned.ts';
import { ANA, aSubscription, HERE, OPS } from '../subscriptions.ts';
import { aTask, HOUR, NOON } from '../tasks.ts';

const CHANNELS = ['C1', 'C2', 'C3'];
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom(...POSTED_KINDS), at: fc.constant(NOON) }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        ['failing', 'failing:20/'] as const,
        ['stalled', `stalled:${HOUR}`] as const,
        ['resumed', `stalled:${HOUR}`] as const,
      )
      .map(([kind, rule]) => ({ kind, at: NOON, rule })),
  },
);
const subscriptions: fc.Arbitrary<readonly Subscription[]> = fc.array(
  fc
    .record({
      id: fc.uuid(),
      channel: fc.constantFrom(...CHANNELS),
      filter: fc.constantFrom('', 'failed', '-task:op-0,op-1'),
      kinds: fc.uniqueArray(fc.constantFrom(...CHANGE_KINDS), { minLength: 1 }),
      mentions: fc.subarray([ANA, HERE, OPS]),
      thresholds: fc.constantFrom({}, { failingPercent: 20 }, { stalledAfter: HOUR }),
    })
    .map(aSubscription),
  { maxLength: 5 },
);
const mute: fc.Arbitrary<Mute> = fc.record({
  until: fc.constantFrom(null, NOON - HOUR, NOON + HOUR),
  by: fc.constant('U1'),
  at: fc.constant(NOON - 2 * HOUR),
});
/** For each task: how it stands, what changed, in which channels it has a message, shared or its own, and its mutes. */
const tasks = fc.array(
  fc.record({
    status: fc.constantFrom('running', 'failed'),
    changes: fc.array(change, { minLength: 1, maxLength: 3 }),
    threads: fc.subarray(CHANNELS),
    shared: fc.boolean(),
    away: fc.boolean(),
    mutes: fc.array(fc.tuple(fc.constantFrom(...CHANNELS), mute), { maxLength: 1 }),
  }),
  { maxLength: 25 },
);

interface Situation {
  readonly all: readonly TaskChanges[];
  readonly context: OutboxContext;
}

const situations: fc.Arbitrary<Situation> = fc
  .record({ wishes: subscriptions, seen: tasks, quiet: fc.subarray(CHANNELS) })
  .map(({ wishes, seen, quiet }) => {
    const idOf = (index: number) => `op-${index}`;
    let id = 0;
    return {
      all: seen.map(({ status, changes, away }, index) => ({
        ...{ task: aTask({ operationId: idOf(index), status }), movedAt: NOON, changes, away },
      })),
      context: {
        subscriptions: wishes,
        threads: new Map(
          seen.map(({ threads, shared }, index) => [
            idOf(index),
            new Map(threads.map((channel) => [channel, `old-${shared ? 'shared' : index}-${channel}`])),
          ]),
        ),
        mutes: new Map(seen.map(({ mutes }, index) => [idOf(index), new Map(mutes)])),
        quiet: new Set(quiet),
        now: NOON,
        newId: () => {
          id += 1;
          return String(id);
        },
      },
    };
  });

function decisionsOf({
  all,
  context,
}: Situation): readonly (NotificationDecision & { readonly operationId: string })[] {
  const { subscriptions: wishes, threads, mutes, quiet, now } = context;
  return all.flatMap(({ task, changes }) => {
    const { operationId } = task;
    const standing = {
      roots: new Set(threads.get(operationId)?.keys()),
      mutes: mutes.get(operationId) ?? new Map<string, Mute>(),
      quiet,
    };
    return decideNotifications(task, changes, wishes, standing, now).map((decision) => ({
      ...decision,
      operationId,
    }));
  });
}

/** Whether a notification speaks of a task: by itself, or by a line. */
function names(notification: PlannedNotification | undefined, operationId: string): boolean {
  if (notification === undefined) return false;
  return (
    notification.operationId === operationId ||
    entriesOf(notification.content).some((entry) => entry.operationId === operationId)
  );
}

function check(holds: (situation: Situation, plan: OutboxPlan) => void): void {
  fc.assert(
    fc.property(situations, (situation) => holds(situation, planOutbox(situation.all, situation.context))),
    { numRuns: 800 },
  );
}

test('no task gets two roots in a channel, and none where it has one', () => {
  check(({ context }, plan) => {
    const roots = plan.messages.flatMap(({ channel, operationIds }) =>
      operationIds.map((operationId) => `${channel} ${operationId}`),
    );
    expect(new Set(roots).size).toBe(roots.length);
    for (const [operationId, channels] of context.threads) {
      for (const channel of channels.keys()) expect(roots).not.toContain(`${channel} ${operationId}`);
    }
    const told = plan.notifications.filter(
      ({ place, operationId }) => place === 'root' && operationId !== null,
    );
    expect(new Set(told.map(({ channel, operationId }) => `${channel} ${operationId}`)).size).toBe(
      told.length,
    );
  });
});

test('every message to be made is made by one root of its own, and everything is told under a message that is there', () => {
  check(({ context }, plan) => {
    const old = new Set([...context.threads.values()].flatMap((channels) => [...channels.values()]));
    const fresh = plan.messages.map(({ id }) => id);
    const roots = plan.notifications.filter(({ place }) => place === 'root');
    expect(roots.map(({ messageId }) => messageId).toSorted()).toEqual(fresh.toSorted());
    for (const { place, messageId } of plan.notifications) {
      if (place === 'reply') expect(old.has(messageId ?? '') || fresh.includes(messageId ?? '')).toBe(true);
    }
    for (const edit of plan.edits) expect(old).toContain(edit);
    expect(new Set(plan.edits).size).toBe(plan.edits.length);
    expect(new Set(plan.notifications.map(({ id }) => id)).size).toBe(plan.notifications.length);
  });
});

test('a reply never comes before the root it stands under', () => {
  check((_situation, plan) => {
    const roots = new Map(
      plan.notifications.flatMap(({ place, messageId }, index) =>
        place === 'root' ? [[messageId, index] as const] : [],
      ),
    );
    plan.notifications.forEach(({ place, messageId }, index) => {
      if (place === 'reply') expect(roots.get(messageId) ?? -1).toBeLessThan(index);
    });
  });
});

test('every change that is to be told is told by exactly one notification, which names its task', () => {
  check((situation, plan) => {
    const byId = new Map(plan.notifications.map((notification) => [notification.id, notification]));
    for (const decision of decisionsOf(situation)) {
      const { channel, operationId, tell } = decision;
      const recorded = plan.decisions.filter(
        (one) =>
          one.channel === channel && one.operationId === operationId && one.kind === decision.change.kind,
      );
      const worthIt = decision.change.kind !== 'progress' && decision.reason !== 'filter-does-not-match';
      expect(recorded.length > 0).toBe(worthIt);
      if (tell !== 'root' && tell !== 'reply') continue;
      const tellers = new Set(recorded.flatMap(({ notificationId }) => notificationId ?? []));
      expect(tellers.size).toBeGreaterThan(0);
      for (const id of tellers) {
        expect(names(byId.get(id), operationId)).toBe(true);
        expect(byId.get(id)?.channel).toBe(channel);
      }
    }
  });
});

test('nothing is told that nobody decided to tell', () => {
  check((situation, plan) => {
    const told = decisionsOf(situation).filter(({ tell }) => tell === 'root' || tell === 'reply');
    const wanted = new Set(told.map(({ channel, operationId }) => `${channel} ${operationId}`));
    const named = plan.notifications.flatMap(({ channel, operationId, content }) =>
      (operationId === null ? entriesOf(content).map((entry) => entry.operationId) : [operationId]).map(
        (id) => `${channel} ${id}`,
      ),
    );
    expect(new Set(named)).toEqual(wanted);
    const replies = told.filter(({ tell }) => tell === 'reply').length;
    expect(
      plan.notifications.filter(({ place, operationId }) => place === 'reply' && operationId).length,
    ).toBeLessThanOrEqual(replies);
  });
});

test('no channel is woken more than a few times at once, and one summary is all there is of a storm or an absence', () => {
  check(({ all }, plan) => {
    const away = new Set(all.flatMap((one) => (one.away ? one.task.operationId : [])));
    for (const channel of CHANNELS) {
      const due = plan.notifications.filter(
        (notification) => notification.channel === channel && notification.hold === null,
      );
      const roots = due.filter(({ place }) => place === 'root');
      const single = roots.flatMap(({ operationId }) => operationId ?? []);
      expect(single.filter((id) => away.has(id))).toEqual([]);
      const alarms = due.flatMap(({ broadcast, operationId }) => (broadcast && operationId) || []);
      for (const some of [alarms.filter((id) => away.has(id)), alarms.filter((id) => !away.has(id))])
        expect(some.length).toBeLessThanOrEqual(MAX_SINGLE_ROOTS);
      const summaries = roots.filter(({ content }) => content.kind === 'summary');
      const causes = summaries.map(({ content }) => content.kind === 'summary' && content.cause);
      expect(new Set(causes).size).toBe(causes.length);
      expect(single.length).toBeLessThanOrEqual(causes.includes('storm') ? 0 : MAX_SINGLE_ROOTS);
      for (const summary of summaries) {
        const parts = due.filter(
          ({ messageId, place }) => messageId === summary.messageId && place === 'reply',
        );
        const lines = parts.flatMap(({ content }) => entriesOf(content));
        expect(lines).toEqual(entriesOf(summary.content));
        expect(new Set(lines.map(({ operationId }) => operationId)).size).toBe(lines.length);
      }
    }
  });
});

test('nothing that is held is due, and quiet channels get nothing but edits', () => {
  check(({ context }, plan) => {
    for (const { channel, hold } of plan.notifications) {
      if (context.quiet.has(channel)) expect(hold).not.toBeNull();
      if (hold?.because === 'muted') expect(hold.until).toBeGreaterThan(context.now);
      if (hold?.because === 'quiet') expect(context.quiet).toContain(channel);
    }
    for (const { messageId, hold } of plan.notifications) {
      // What stands under one message waits for the same end, or for the end of a mute.
      const root = plan.notifications.find((one) => one.place === 'root' && one.messageId === messageId);
      if (root?.hold) expect(hold).not.toBeNull();
    }
  });
});

test('only alarms are shown in the channel from a thread, and only what the channel sees calls people', () => {
  check((_situation, plan) => {
    for (const { broadcast, place, content } of plan.notifications) {
      if (broadcast) {
        expect(place).toBe('reply');
        expect(content).toMatchObject({ change: expect.stringMatching(/^(failed|ended|failing|stalled)$/) });
      }
      if (place === 'reply' && !broadcast && content.kind === 'change') expect(content.mentions).toEqual([]);
    }
  });
});

test('every decision has its reason', () => {
  check((situation, plan) => {
    for (const { tell, reason, hold } of decisionsOf(situation)) {
      const fitting = {
        root: /^(first-notification|quiet-hours)$/,
        reply: /^(has-a-thread|muted|mute-ended|quiet-hours)$/,
        edit: /^(progress-edits-the-root|thresholds-of-others|muted|told-with-the-first-notification)$/,
        nothing:
          /^(told-with-the-first-notification|filter-does-not-match|kind-not-wanted|thresholds-of-others|progress-edits-the-root)$/,
      };
      expect(reason).toMatch(fitting[tell]);
      if (hold !== null) expect(reason).toBe(hold.because === 'quiet' ? 'quiet-hours' : 'muted');
    }
    for (const { reason, notificationId } of plan.decisions) {
      if (reason === 'told-in-a-summary' || reason === 'told-with-the-first-notification')
        expect(notificationId).not.toBeNull();
    }
  });
});
