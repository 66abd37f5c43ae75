import { describe, expect, test } from '@jest/globals';
import { CHANGE_KINDS, type ChangeKind } from '../../../src/core/change/changes.ts';
import type { Mute } from '../../../src/core/notification/mute.ts';
import type { OutboxContext, OutboxPlan, TaskChanges } from '../../../src/core/notification/outbox-plan.ts';
import { planOutbox } from '../plan-outbox.ts';
import { aSubscription, HERE, OPS } from '../subscriptions.ts';
import { aTask, HOUR, NOON } from '../tasks.ts';

const everything = aSubscription();

function moved(operationId: string, ...kinds: readonly ChangeKind[]): TaskChanges {
  return {
    task: aTask({ operationId }),
    movedAt: NOON - HOUR,
    changes: kinds.map((kind) => ({ kind, at: NOON - HOUR })),
  };
}

function many(count: number, kind: ChangeKind = 'failed'): readonly TaskChanges[] {
  return Array.from({ length: count }, (_, index) => moved(`op-${index}`, kind));
}

/** The same, found out after a time in which nobody watched. */
function away(all: readonly TaskChanges[]): readonly TaskChanges[] {
  return all.map((one) => ({ ...one, away: true }));
}

/** Each of these tasks has a message of its own in channel C1. */
function ownThreads(all: readonly TaskChanges[]): OutboxContext['threads'] {
  return new Map(all.map(({ task }) => [task.operationId, new Map([['C1', `m-${task.operationId}`]])]));
}

function plan(all: readonly TaskChanges[], context: Partial<OutboxContext> = {}): OutboxPlan {
  let id = 0;
  const newId = () => {
    id += 1;
    return `id-${id}`;
  };
  return planOutbox(all, {
    subscriptions: [everything],
    threads: new Map(),
    mutes: new Map(),
    quiet: new Set(),
    now: NOON,
    newId,
    ...context,
  });
}

/** The tasks named by the replies of a summary's thread, in order. */
function namedIn({ notifications }: OutboxPlan): readonly string[] {
  return notifications.flatMap(({ content }) =>
    content.kind === 'summary-part' ? content.entries.map(({ operationId }) => operationId) : [],
  );
}

const placesOf = ({ notifications }: OutboxPlan) =>
  notifications.map(({ place, content }) => `${place} ${content.kind}`);

describe('new tasks', () => {
  test('one makes a message of its own, and a root notification that carries what is to be said', () => {
    const { messages, notifications, edits } = plan([moved('op-1', 'failed')]);
    expect(messages).toEqual([{ id: 'id-1', channel: 'C1', kind: 'task', operationIds: ['op-1'] }]);
    expect(notifications).toEqual([
      expect.objectContaining({
        channel: 'C1',
        place: 'root',
        operationId: 'op-1',
        messageId: 'id-1',
        broadcast: false,
        happenedAt: NOON - HOUR,
        noticedAt: NOON,
        content: expect.objectContaining({ kind: 'change', change: 'failed', status: 'running' }),
      }),
    ]);
    expect(edits).toEqual([]);
  });

  test('up to five are told one by one', () => {
    expect(plan(many(5)).messages.map(({ kind }) => kind)).toEqual(Array(5).fill('task'));
  });

  test('six make one summary whose thread names all', () => {
    const six = plan(many(6));
    expect(six.messages).toEqual([
      expect.objectContaining({ kind: 'summary', operationIds: many(6).map(({ task }) => task.operationId) }),
    ]);
    expect(placesOf(six)).toEqual(['root summary', 'reply summary-part']);
    expect(namedIn(six)).toEqual(many(6).map(({ task }) => task.operationId));
  });

  test('a thousand make one summary, whose thread names every one of them once', () => {
    const storm = plan(many(1_000));
    expect(storm.messages).toHaveLength(1);
    expect(storm.notifications.filter(({ place }) => place === 'root')).toHaveLength(1);
    expect(storm.notifications.every(({ broadcast }) => !broadcast)).toBe(true);
    expect(new Set(namedIn(storm)).size).toBe(1_000);
    expect(namedIn(storm)).toHaveLength(1_000);
  });

  test('two hundred thousand are no reason to fall over', () => {
    const storm = plan(many(200_000));
    expect(namedIn(storm)).toHaveLength(200_000);
    expect(storm.notifications[0]?.happenedAt).toBe(NOON - HOUR);
  });

  test('after an absence even one makes a summary', () => {
    const summary = plan(away([moved('op-1', 'failed')]));
    expect(placesOf(summary)).toEqual(['root summary', 'reply summary-part']);
    expect(summary.notifications[0]?.content).toMatchObject({ kind: 'summary', cause: 'away' });
  });

  test('nothing that is wanted makes nothing', () => {
    const nothing = { messages: [], notifications: [], edits: [] };
    expect(plan([moved('op-1', 'created', 'progress')])).toMatchObject(nothing);
    expect(plan([])).toEqual({ ...nothing, decisions: [] });
  });

  test('channels are counted each on its own', () => {
    const firstOnly = aSubscription({ id: 's2', channel: 'C2', filter: 'task:op-0' });
    const both = plan(many(6), { subscriptions: [everything, firstOnly] });
    expect(both.messages.map(({ channel, kind }) => `${channel} ${kind}`)).toEqual(['C1 summary', 'C2 task']);
  });
});

describe('tasks with a thread', () => {
  const threads = new Map([['op-1', new Map([['C1', 'm1']])]]);

  test('get a reply for every change and one edit of the root', () => {
    const { messages, notifications, edits } = plan([moved('op-1', 'started', 'failing')], { threads });
    expect(messages).toEqual([]);
    expect(notifications.map(({ place, messageId, broadcast }) => [place, messageId, broadcast])).toEqual([
      ['reply', 'm1', false],
      ['reply', 'm1', true],
    ]);
    expect(edits).toEqual(['m1']);
  });

  test('get only an edit for progress', () => {
    expect(plan([moved('op-1', 'progress')], { threads })).toEqual({
      messages: [],
      notifications: [],
      edits: ['m1'],
      decisions: [],
    });
  });

  test('get replies as usual after an absence', () => {
    expect(placesOf(plan(away([moved('op-1', 'failed')]), { threads }))).toEqual(['reply change']);
  });

  test('do not count among the new ones', () => {
    const five = plan(
      [moved('op-1', 'failed'), ...many(6).filter(({ task }) => task.operationId !== 'op-1')],
      { threads },
    );
    expect(five.messages.map(({ kind }) => kind)).toEqual(Array(5).fill('task'));
  });

  test('that share a summary share its edit', () => {
    const shared = new Map(['a', 'b'].map((id) => [id, new Map([['C1', 'm1']])]));
    const { edits, notifications } = plan([moved('a', 'failed'), moved('b', 'progress')], {
      threads: shared,
    });
    expect(edits).toEqual(['m1']);
    expect(notifications.map(({ operationId }) => operationId)).toEqual(['a']);
  });
});

describe('a storm', () => {
  test('of tasks that have a thread each is one summary, and their threads go on without waking the channel', () => {
    const six = many(6);
    const storm = plan(six, { threads: ownThreads(six) });
    expect(storm.messages).toEqual([expect.objectContaining({ kind: 'summary', operationIds: [] })]);
    expect(namedIn(storm)).toEqual(six.map(({ task }) => task.operationId));
    const replies = storm.notifications.filter(({ content }) => content.kind === 'change');
    expect(replies.map(({ messageId, broadcast }) => [messageId, broadcast])).toEqual(
      six.map(({ task }) => [`m-${task.operationId}`, false]),
    );
    expect(storm.edits).toHaveLength(6);
  });

  test('of five such tasks shows each of them in the channel', () => {
    const five = many(5);
    const told = plan(five, { threads: ownThreads(five) });
    expect(told.messages).toEqual([]);
    expect(told.notifications.map(({ broadcast }) => broadcast)).toEqual(Array(5).fill(true));
  });

  test('calls people once, in the summary', () => {
    const [known, unknown] = [many(6), many(12).slice(6)];
    const wishes = [aSubscription({ mentions: [OPS] }), aSubscription({ filter: 'fw', mentions: [HERE] })];
    const storm = plan([...known, ...unknown], { subscriptions: wishes, threads: ownThreads(known) });
    expect(
      storm.notifications.flatMap(({ content }) => ('mentions' in content ? content.mentions : [])),
    ).toEqual([OPS, HERE]);
    expect(storm.notifications[0]?.content).toMatchObject({ kind: 'summary', mentions: [OPS, HERE] });
  });

  test('leaves alone what would only have stood in a thread', () => {
    const [failing, ending] = [many(6), [moved('op-end', 'succeeded')]];
    const storm = plan([...failing, ...ending], { threads: ownThreads([...failing, ...ending]) });
    expect(namedIn(storm)).not.toContain('op-end');
    expect(storm.notifications.find(({ operationId }) => operationId === 'op-end')).toMatchObject({
      place: 'reply',
    });
  });

  test('in the thread of one summary is a few replies there that name all its tasks', () => {
    const all = many(45);
    const threads = new Map(all.map(({ task }) => [task.operationId, new Map([['C1', 'm1']])]));
    const { messages, notifications } = plan(many(45, 'succeeded'), { threads });
    expect(messages).toEqual([]);
    expect(notifications.map(({ content, messageId }) => `${content.kind} ${messageId}`)).toEqual(
      Array(3).fill('summary-part m1'),
    );
    expect(new Set(namedIn({ messages, notifications, edits: [], decisions: [] })).size).toBe(45);
    const again = plan(all, { threads });
    expect(again.messages.map(({ kind }) => kind)).toEqual(['summary']);
    expect(again.notifications.filter(({ messageId }) => messageId === 'm1')).toHaveLength(3);
  });

  test('while the bot was away says so, and holds only what has no message yet', () => {
    const [known, unknown] = [many(2), many(5).slice(2)];
    const summary = plan(away([...known, ...unknown]), { threads: ownThreads(known) });
    expect(summary.notifications[0]?.content).toMatchObject({ cause: 'away' });
    expect(namedIn(summary)).toEqual(['op-2', 'op-3', 'op-4']);
    expect(summary.notifications.filter(({ broadcast }) => broadcast)).toHaveLength(2);
  });

  test('and what happened since are told apart', () => {
    const [before, since] = [many(3), many(5).slice(3)];
    const { messages, notifications } = plan([...away(before), ...since]);
    expect(messages.map(({ kind }) => kind).toSorted()).toEqual(['summary', 'task', 'task']);
    expect(namedIn({ messages, notifications, edits: [], decisions: [] })).toEqual(['op-0', 'op-1', 'op-2']);
  });
});

describe('quiet hours', () => {
  const quiet = new Set(['C1']);

  test('hold each notification for itself, however many there are, whether the bot was away or not', () => {
    const all = [...many(20), moved('op-x', 'failed')];
    for (const changes of [all, away(all)]) {
      const { messages, notifications, edits } = plan(changes, {
        quiet,
        threads: new Map([['op-x', new Map([['C1', 'm1']])]]),
      });
      expect(messages.map(({ kind }) => kind)).toEqual(Array(20).fill('task'));
      expect(notifications.map(({ hold }) => hold?.because)).toEqual(Array(21).fill('quiet'));
      expect(edits).toEqual(['m1']);
    }
  });

  test('leave to a mute what it holds', () => {
    const mute: Mute = { until: NOON + HOUR, by: 'U1', at: NOON };
    const { notifications } = plan([moved('op-0', 'failed'), moved('op-1', 'failed')], {
      ...{ quiet, threads: ownThreads(many(2)) },
      mutes: new Map([['op-0', new Map([['C1', mute]])]]),
    });
    expect(notifications.map(({ hold }) => hold)).toEqual([
      { because: 'muted', until: NOON + HOUR },
      { because: 'quiet' },
    ]);
  });
});

describe('what is remembered of the decisions', () => {
  const reasons = ({ decisions }: OutboxPlan) =>
    decisions.map(({ operationId, kind, reason, notificationId }) => [
      `${operationId} ${kind}`,
      reason,
      notificationId,
    ]);
  const notificationOf = ({ notifications }: OutboxPlan, kind: string) =>
    notifications.find(({ content }) => content.kind === kind)?.id;

  test('the change that made a root, those told with it, and those nobody asked for', () => {
    const wish = aSubscription({ kinds: ['started', 'failed'] });
    const told = plan([moved('op-1', 'created', 'started', 'failed')], { subscriptions: [wish] });
    const id = notificationOf(told, 'change');
    expect(reasons(told)).toEqual([
      ['op-1 created', 'kind-not-wanted', null],
      ['op-1 started', 'told-with-the-first-notification', id],
      ['op-1 failed', 'first-notification', id],
    ]);
    expect(told.decisions[0]).toMatchObject({ channel: 'C1', at: NOON - HOUR, noticedAt: NOON });
  });

  test('neither progress nor tasks of others', () => {
    const other = aSubscription({ channel: 'C2', filter: 'sw' });
    const { decisions } = plan([moved('op-1', 'progress', 'failed')], { subscriptions: [everything, other] });
    expect(decisions.map(({ channel, kind }) => `${channel} ${kind}`)).toEqual(['C1 failed']);
  });

  test('a reply, or that a mute swallowed it', () => {
    const threads = ownThreads([moved('op-1'), moved('op-2')]);
    const mutes = new Map([['op-2', new Map([['C1', { until: null, by: 'U1', at: NOON }]])]]);
    const told = plan([moved('op-1', 'stalled'), moved('op-2', 'stalled')], { threads, mutes });
    expect(reasons(told)).toEqual([
      ['op-1 stalled', 'has-a-thread', notificationOf(told, 'change')],
      ['op-2 stalled', 'muted', null],
    ]);
  });

  test('alarms of one kind by several thresholds point to the one reply', () => {
    const wishes = [everything, aSubscription({ thresholds: { failingPercent: 20 } })];
    const twice: TaskChanges = {
      ...moved('op-1', 'failing'),
      changes: [
        { kind: 'failing', at: NOON },
        { kind: 'failing', at: NOON, rule: 'failing:20/' },
      ],
    };
    const told = plan([twice], { subscriptions: wishes, threads: ownThreads([twice]) });
    expect(told.notifications).toHaveLength(1);
    expect(reasons(told)).toEqual([
      ['op-1 failing', 'has-a-thread', told.notifications[0]?.id],
      ['op-1 failing', 'told-with-the-first-notification', told.notifications[0]?.id],
    ]);
  });

  test('what was told together points to the summary; what has its own thread to the reply there', () => {
    const known = moved('op-known', 'failed');
    const storm = plan(
      [...many(6).map((one) => ({ ...one, changes: moved('', 'created', 'failed').changes })), known],
      {
        threads: ownThreads([known]),
        subscriptions: [aSubscription({ kinds: CHANGE_KINDS })],
      },
    );
    const summary = notificationOf(storm, 'summary');
    expect(reasons(storm)).toEqual([
      ...many(6).flatMap(({ task }) => [
        [`${task.operationId} created`, 'told-in-a-summary', summary],
        [`${task.operationId} failed`, 'told-in-a-summary', summary],
      ]),
      [
        'op-known failed',
        'has-a-thread',
        storm.notifications.find(({ operationId }) => operationId === 'op-known')?.id,
      ],
    ]);
  });

  test('quiet hours, and the notification they hold', () => {
    const told = plan([moved('op-1', 'failed')], { quiet: new Set(['C1']) });
    expect(reasons(told)).toEqual([['op-1 failed', 'quiet-hours', told.notifications[0]?.id]]);
  });
});
