import { describe, expect, test } from '@jest/globals';
import { CHANGE_KINDS, type Change, type ChangeKind } from '../../src/core/changes.ts';
import { parseTerms } from '../../src/core/filter/parse-terms.ts';
import { DEFAULT_KINDS, decideNotices, type Subscription } from '../../src/core/notices.ts';
import { aTask, NOON } from './tasks.ts';

let number = 0;
function subscription(
  line: string,
  kinds: readonly ChangeKind[] = DEFAULT_KINDS,
  channel = 'C1',
): Subscription {
  number += 1;
  return { id: `s${number}`, channel, terms: parseTerms(line).terms, kinds };
}

function decide(
  kinds: readonly ChangeKind[],
  subscriptions: readonly Subscription[],
  withRoot: readonly string[] = [],
) {
  const changes = kinds.map((kind): Change => ({ kind, at: NOON }));
  return decideNotices(aTask(), changes, subscriptions, new Set(withRoot), NOON).map(
    ({ channel, change, tell, broadcast, reason }) =>
      `${channel} ${change.kind}: ${tell}${broadcast ? '+broadcast' : ''}, ${reason}`,
  );
}

describe('a channel that has heard nothing of the task', () => {
  test('gets a root for the first change it wants', () => {
    expect(decide(['failed'], [subscription('')])).toEqual(['C1 failed: root, first-notice']);
  });

  test('gets nothing for a change it does not want', () => {
    expect(decide(['created', 'started'], [subscription('')])).toEqual([
      'C1 created: nothing, kind-not-wanted',
      'C1 started: nothing, kind-not-wanted',
    ]);
  });

  test('gets nothing of a task its filter does not let through', () => {
    expect(decide(['failing'], [subscription('sw')])).toEqual(['C1 failing: nothing, filter-does-not-match']);
  });

  test('gets one root for several changes at once, of the latest', () => {
    expect(decide(['created', 'started', 'failing'], [subscription('', CHANGE_KINDS)])).toEqual([
      'C1 created: nothing, told-with-the-first-notice',
      'C1 started: nothing, told-with-the-first-notice',
      'C1 failing: root, first-notice',
    ]);
  });

  test('gets no root for progress alone, even with on:all', () => {
    expect(decide(['progress'], [subscription('', CHANGE_KINDS)])).toEqual([
      'C1 progress: nothing, progress-edits-the-root',
    ]);
    expect(decide(['progress', 'failing'], [subscription('', CHANGE_KINDS)])).toEqual([
      'C1 progress: nothing, told-with-the-first-notice',
      'C1 failing: root, first-notice',
    ]);
  });
});

describe('a channel that has a root of the task', () => {
  test.each(CHANGE_KINDS.filter((kind) => kind !== 'progress'))(
    'gets every change as a reply, whatever it asked for: %s',
    (kind) => {
      expect(decide([kind], [subscription('', ['vanished'])], ['C1'])).toEqual([
        `C1 ${kind}: reply, has-a-thread`,
      ]);
    },
  );

  test('sees progress only as an edit', () => {
    expect(decide(['progress'], [subscription('', CHANGE_KINDS)], ['C1'])).toEqual([
      'C1 progress: edit, progress-edits-the-root',
    ]);
  });

  test.each(['failed', 'failing', 'stalled'] as const)(
    'sees %s in the channel as well, where it asked for it',
    (kind) => {
      expect(decide([kind], [subscription('')], ['C1'])).toEqual([
        `C1 ${kind}: reply+broadcast, has-a-thread`,
      ]);
      expect(decide([kind], [subscription('', ['created'])], ['C1'])).toEqual([
        `C1 ${kind}: reply, has-a-thread`,
      ]);
      expect(decide([kind], [subscription('sw')], ['C1'])).toEqual([`C1 ${kind}: reply, has-a-thread`]);
    },
  );

  test.each(CHANGE_KINDS.filter((kind) => !DEFAULT_KINDS.includes(kind)))(
    '%s is never shown in the channel as well',
    (kind) => {
      expect(decide([kind], [subscription('', CHANGE_KINDS)], ['C1']).join()).not.toContain('broadcast');
    },
  );

  test('goes on hearing of it after it unsubscribed: the root shows the present state', () => {
    expect(decide(['failed'], [], ['C1'])).toEqual(['C1 failed: reply, has-a-thread']);
  });
});

describe('several subscriptions', () => {
  test('of one channel add up, and tell once', () => {
    const both = [subscription('fw', ['failing']), subscription('running', ['stalled'])];
    expect(decide(['failing', 'stalled'], both)).toEqual([
      'C1 failing: nothing, told-with-the-first-notice',
      'C1 stalled: root, first-notice',
    ]);
  });

  test('count only where their own filter matches', () => {
    const both = [subscription('sw', ['failing']), subscription('fw', ['stalled'])];
    expect(decide(['failing'], both)).toEqual(['C1 failing: nothing, kind-not-wanted']);
  });

  test('of several channels are decided each on its own', () => {
    const two = [subscription('', DEFAULT_KINDS, 'C1'), subscription('', ['created'], 'C2')];
    expect(decide(['failed'], two, ['C2', 'C3'])).toEqual([
      'C1 failed: root, first-notice',
      'C2 failed: reply, has-a-thread',
      'C3 failed: reply, has-a-thread',
    ]);
  });
});
