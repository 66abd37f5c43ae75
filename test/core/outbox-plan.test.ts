import { describe, expect, test } from '@jest/globals';
import type { ChangeKind } from '../../src/core/changes.ts';
import { DEFAULT_KINDS, type Subscription } from '../../src/core/notices.ts';
import {
  type OutboxContext,
  type OutboxPlan,
  planOutbox,
  type TaskChanges,
} from '../../src/core/outbox-plan.ts';
import { aTask, HOUR, NOON } from './tasks.ts';

const everything: Subscription = { id: 's1', channel: 'C1', terms: [], kinds: DEFAULT_KINDS };

function moved(operationId: string, ...kinds: readonly ChangeKind[]): TaskChanges {
  return { task: aTask({ operationId }), changes: kinds.map((kind) => ({ kind, at: NOON - HOUR })) };
}

function many(count: number): readonly TaskChanges[] {
  return Array.from({ length: count }, (_, index) => moved(`op-${index}`, 'failed'));
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
    now: NOON,
    away: false,
    newId,
    ...context,
  });
}

/** The tasks named by the replies of a summary's thread, in order. */
function namedIn({ notices }: OutboxPlan): readonly string[] {
  return notices.flatMap(({ content }) =>
    content.kind === 'summary-part' ? content.entries.map(({ operationId }) => operationId) : [],
  );
}

const placesOf = ({ notices }: OutboxPlan) => notices.map(({ place, content }) => `${place} ${content.kind}`);

describe('new tasks', () => {
  test('one makes a message of its own, and a root notice that carries what is to be said', () => {
    const { messages, notices, edits } = plan([moved('op-1', 'failed')]);
    expect(messages).toEqual([{ id: 'id-1', channel: 'C1', kind: 'task', operationIds: ['op-1'] }]);
    expect(notices).toEqual([
      expect.objectContaining({
        channel: 'C1',
        place: 'root',
        operationId: 'op-1',
        messageId: 'id-1',
        broadcast: false,
        happenedAt: NOON - HOUR,
        noticedAt: NOON,
        content: expect.objectContaining({ kind: 'change', change: 'failed', status: 'processing' }),
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
    expect(storm.notices.filter(({ place }) => place === 'root')).toHaveLength(1);
    expect(storm.notices.every(({ broadcast }) => !broadcast)).toBe(true);
    expect(new Set(namedIn(storm)).size).toBe(1_000);
    expect(namedIn(storm)).toHaveLength(1_000);
  });

  test('two hundred thousand are no reason to fall over', () => {
    const storm = plan(many(200_000));
    expect(namedIn(storm)).toHaveLength(200_000);
    expect(storm.notices[0]?.happenedAt).toBe(NOON - HOUR);
  });

  test('after an absence even one makes a summary', () => {
    const summary = plan([moved('op-1', 'failed')], { away: true });
    expect(placesOf(summary)).toEqual(['root summary', 'reply summary-part']);
    expect(summary.notices[0]?.content).toMatchObject({ kind: 'summary', away: true });
  });

  test('nothing that is wanted makes nothing', () => {
    expect(plan([moved('op-1', 'created', 'progress')])).toEqual({ messages: [], notices: [], edits: [] });
    expect(plan([], { away: true })).toEqual({ messages: [], notices: [], edits: [] });
  });

  test('channels are counted each on its own', () => {
    const firstOnly: Subscription = {
      id: 's2',
      channel: 'C2',
      terms: [{ field: 'task', values: ['op-0'], not: false }],
      kinds: DEFAULT_KINDS,
    };
    const both = plan(many(6), { subscriptions: [everything, firstOnly] });
    expect(both.messages.map(({ channel, kind }) => `${channel} ${kind}`)).toEqual(['C1 summary', 'C2 task']);
  });
});

describe('tasks with a thread', () => {
  const threads = new Map([['op-1', new Map([['C1', 'm1']])]]);

  test('get a reply for every change and one edit of the root', () => {
    const { messages, notices, edits } = plan([moved('op-1', 'started', 'failing')], { threads });
    expect(messages).toEqual([]);
    expect(notices.map(({ place, messageId, broadcast }) => [place, messageId, broadcast])).toEqual([
      ['reply', 'm1', false],
      ['reply', 'm1', true],
    ]);
    expect(edits).toEqual(['m1']);
  });

  test('get only an edit for progress', () => {
    expect(plan([moved('op-1', 'progress')], { threads })).toEqual({
      messages: [],
      notices: [],
      edits: ['m1'],
    });
  });

  test('get replies as usual after an absence', () => {
    expect(placesOf(plan([moved('op-1', 'failed')], { threads, away: true }))).toEqual(['reply change']);
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
    const { edits, notices } = plan([moved('a', 'failed'), moved('b', 'progress')], { threads: shared });
    expect(edits).toEqual(['m1']);
    expect(notices.map(({ operationId }) => operationId)).toEqual(['a']);
  });
});
