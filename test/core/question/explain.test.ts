import { expect, test } from '@jest/globals';
import type { ChangeKind } from '../../../src/core/change/changes.ts';
import { parseTerms } from '../../../src/core/filter/parse-terms.ts';
import {
  explain,
  type Grounds,
  type NotedChange,
  type NotedDecision,
} from '../../../src/core/question/explain.ts';
import { aTask, HOUR, MINUTE, NOON } from '../tasks.ts';

const change = (kind: ChangeKind, noticedAt = NOON): NotedChange => ({ kind, at: noticedAt - 1, noticedAt });
const decision = (kind: ChangeKind, reason: string, noticedAt = NOON): NotedDecision => ({
  ...change(kind, noticedAt),
  reason,
  notification: null,
});
const subscription = (line: string, createdAt = NOON - HOUR) => ({
  terms: parseTerms(line).terms,
  createdAt,
});

function reasons(grounds: Partial<Grounds>): readonly string[] {
  const all = {
    task: aTask(),
    changes: [],
    decisions: [],
    subscriptions: [],
    decisionsSince: NOON - HOUR,
    now: NOON + HOUR,
    ...grounds,
  };
  return explain(all).map(({ kind, reason }) => `${kind}: ${reason}`);
}

test('what was decided is told as it was decided, in the order it was noticed', () => {
  const decisions = [
    decision('failed', 'has-a-thread', NOON + MINUTE),
    decision('failing', 'first-notification'),
  ];
  const changes = [change('failing'), change('failed', NOON + MINUTE)];
  expect(reasons({ changes, decisions })).toEqual(['failing: first-notification', 'failed: has-a-thread']);
});

test('a change older than every subscription of the channel', () => {
  const changes = [change('failed', NOON - 2 * HOUR)];
  expect(reasons({ changes })).toEqual(['failed: not-subscribed-then']);
  expect(reasons({ changes, subscriptions: [subscription('')] })).toEqual(['failed: not-subscribed-then']);
});

test('a task that no filter of the channel lets through; later ones do not count', () => {
  const subscriptions = [subscription('software'), subscription('firmware', NOON + 1)];
  const [one] = explain({
    task: aTask(),
    changes: [change('failed')],
    decisions: [],
    subscriptions,
    decisionsSince: null,
    now: NOON,
  });
  expect(one).toMatchObject({ reason: 'filter-does-not-match', filters: [subscriptions[0]?.terms] });
});

test('a filter that fits only now', () => {
  const grounds = { changes: [change('failed')], subscriptions: [subscription('firmware')] };
  expect(reasons(grounds)).toEqual(['failed: filter-did-not-match-then']);
});

test('what happened before decisions were kept', () => {
  const grounds = { changes: [change('failed')], subscriptions: [subscription('firmware')] };
  expect(reasons({ ...grounds, decisionsSince: NOON + 1 })).toEqual(['failed: not-recorded']);
  expect(reasons({ ...grounds, decisionsSince: null })).toEqual(['failed: not-recorded']);
});

test('an alarm of the channel’s own is a decision without a change', () => {
  const decisions = [decision('stalled', 'first-notification', NOON + MINUTE)];
  expect(reasons({ changes: [change('failing')], decisions })).toEqual([
    'failing: not-subscribed-then',
    'stalled: first-notification',
  ]);
});
