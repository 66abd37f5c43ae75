import { describe, expect, test } from '@jest/globals';
import { compareChannels } from './compare.ts';
import type { Told, ToldChannels, ToldRoot } from './told.ts';

function told(text: string, more: Partial<Told> = {}): Told {
  return { text, shown: text, broadcast: false, step: 0, notification: null, ...more };
}

function root(text: string, replies: readonly Told[] = [], more: Partial<Told> = {}): ToldRoot {
  return { ...told(text, more), replies };
}

/** Two channels with two threads and a summary. */
function expected(): Record<string, readonly ToldRoot[]> {
  return {
    ops: [
      root('running (op-001)', [
        told('started (op-001)'),
        told('recovered (op-001)'),
        told('started (op-001)'),
      ]),
      root('failed (op-002)', [told('failed (op-002)', { broadcast: true })]),
      root('7 upgrade tasks changed at once', [told('created (op-003)'), told('created (op-004)')]),
    ],
    alerts: [root('failed (op-002)')],
  };
}

/** The channels with the roots of `ops` changed. */
function withOps(change: (roots: readonly ToldRoot[]) => readonly ToldRoot[]): ToldChannels {
  const channels = expected();
  return { ...channels, ops: change(channels.ops ?? []) };
}

/** `ops` with the replies of its nth root changed. */
function withReplies(nth: number, change: (replies: readonly Told[]) => readonly Told[]): ToldChannels {
  return withOps((roots) =>
    roots.map((one, place) => (place === nth ? { ...one, replies: change(one.replies) } : one)),
  );
}

const kinds = (actual: ToldChannels) =>
  compareChannels(expected(), actual).map(({ kind, where }) => `${kind} ${where}`);

test('channels that show the same do not differ', () => {
  expect(compareChannels(expected(), expected())).toEqual([]);
});

describe('a notification that is lost', () => {
  test('as a root, with everything in its thread', () => {
    expect(kinds(withOps((roots) => roots.slice(1)))).toEqual(Array(4).fill('lost #ops'));
  });

  test('as a reply', () => {
    expect(kinds(withReplies(1, () => []))).toEqual(['lost #ops, thread of op-002']);
  });

  test('as one of two replies that say the same', () => {
    expect(kinds(withReplies(0, (replies) => replies.slice(0, 2)))).toEqual(['lost #ops, thread of op-001']);
  });

  test('with its whole channel', () => {
    expect(kinds({ ...expected(), alerts: [] })).toEqual(['lost #alerts']);
  });
});

describe('a notification that is repeated', () => {
  test('as a root', () => {
    expect(kinds(withOps((roots) => [...roots, root('failed (op-002)')]))).toEqual(['repeated #ops']);
  });

  test('as a reply', () => {
    expect(kinds(withReplies(1, (replies) => [...replies, ...replies]))).toEqual([
      'repeated #ops, thread of op-002',
    ]);
  });

  test('under another text: its id tells', () => {
    const marked = (text: string) => root(text, [], { notification: 'n-1' });
    const actual = { ops: [marked('failed (op-009)'), marked('failed (op-008)')] };
    const same = { ops: [root('failed (op-009)'), root('failed (op-008)')] };
    expect(compareChannels(same, actual)).toMatchObject([{ kind: 'repeated', where: '#ops' }]);
  });
});

describe('a notification that is misplaced', () => {
  test('in the thread of another task', () => {
    const wrong = withOps((roots) => {
      const [first, second, ...others] = roots;
      if (!first || !second) throw new Error('there are two');
      return [
        { ...first, replies: [...first.replies, ...second.replies] },
        { ...second, replies: [] },
        ...others,
      ];
    });
    expect(kinds(wrong)).toEqual(['misplaced #ops, thread of op-002']);
  });

  test('in the channel instead of its thread', () => {
    const wrong = withOps((roots) => [
      ...roots.map((one) => ({
        ...one,
        replies: one.replies.filter(({ text }) => !text.includes('op-003')),
      })),
      root('created (op-003)'),
    ]);
    expect(kinds(wrong)).toEqual(['misplaced #ops, thread of 7 upgrade tasks changed at once']);
  });

  test('in another channel', () => {
    const { ops = [], alerts = [] } = expected();
    expect(kinds({ ops, alerts: [], elsewhere: alerts })).toEqual(['misplaced #alerts']);
  });

  test('which threw a thread apart: the second part is no repetition', () => {
    const apart = withOps((roots) => {
      const [first, ...others] = roots;
      if (!first) throw new Error('there is one');
      const again = { ...first, replies: first.replies.slice(2) };
      return [{ ...first, replies: first.replies.slice(0, 2) }, again, ...others];
    });
    expect(kinds(apart)).toEqual(['misplaced #ops, thread of op-001', 'repeated #ops']);
  });
});

describe('notifications in another order', () => {
  test('within a thread', () => {
    expect(
      kinds(withReplies(0, (replies) => replies.toSorted((a, b) => (a.text < b.text ? -1 : 1)))),
    ).toEqual(['reordered #ops, thread of op-001']);
  });

  test('within a channel, of different steps', () => {
    const steps = (texts: readonly string[]): ToldChannels => ({
      ops: texts.map((text) => root(text, [], { step: Number(text.at(-1)) })),
    });
    const compared = (...texts: readonly string[]) =>
      compareChannels(steps(['a 1', 'b 1', 'c 2']), steps(texts)).map(({ kind }) => kind);
    expect(compared('a 1', 'c 2', 'b 1')).toEqual(['reordered']);
    expect(compared('b 1', 'a 1', 'c 2')).toEqual([]);
  });

  test('under a summary, of one task or of different steps', () => {
    const replies = (texts: readonly string[]): ToldChannels => ({
      ops: [
        root(
          '7 upgrade tasks changed at once',
          texts.map((text) => told(text, { step: Number(text.at(-1)) })),
        ),
      ],
    });
    const thread = ['failed (op-001) 1', 'recovered (op-001) 1', 'failed (op-002) 1', 'stopped (op-003) 2'];
    const compared = (...order: readonly number[]) =>
      compareChannels(replies(thread), replies(order.map((place) => thread[place] ?? ''))).map(
        ({ kind }) => kind,
      );
    expect(compared(0, 2, 1, 3)).toEqual([]);
    expect(compared(2, 0, 1, 3)).toEqual([]);
    expect(compared(1, 0, 2, 3)).toEqual(['reordered']);
    expect(compared(0, 1, 3, 2)).toEqual(['reordered']);
  });

  test('within a summary, which names its tasks in the order they happened', () => {
    const swapped = withReplies(2, (replies) => replies.toReversed());
    expect(kinds(swapped)).toEqual(['reordered #ops, thread of 7 upgrade tasks changed at once']);
  });
});

describe('a notification in its place', () => {
  test('that says something else', () => {
    const wrong = withOps((roots) =>
      roots.map((one) => ({ ...one, shown: one.shown.replace('running', 'failed') })),
    );
    expect(kinds(wrong)).toEqual(['changed #ops, thread of op-001']);
  });

  test('that is not shown in the channel as well', () => {
    const wrong = withReplies(1, (replies) => replies.map((one) => ({ ...one, broadcast: false })));
    expect(kinds(wrong)).toEqual(['broadcast #ops, thread of op-002']);
  });

  test('nobody wanted', () => {
    expect(kinds(withOps((roots) => [...roots, root('failed (op-009)')]))).toEqual(['unwanted #ops']);
  });
});
