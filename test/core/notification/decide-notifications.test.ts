import { describe, expect, test } from '@jest/globals';
import {
  CHANGE_KINDS,
  type Change,
  type ChangeKind,
  POSTED_KINDS,
} from '../../../src/core/change/changes.ts';
import {
  decideNotifications,
  type NotificationDecision,
} from '../../../src/core/notification/decide-notifications.ts';
import type { Mute } from '../../../src/core/notification/mute.ts';
import { DEFAULT_KINDS, type Subscription } from '../../../src/core/subscription/subscription.ts';
import { ANA, aSubscription, HERE, OPS } from '../subscriptions.ts';
import { aTask, HOUR, NOON } from '../tasks.ts';

interface Situation {
  readonly roots?: readonly string[];
  /** Of channel C1. */
  readonly mute?: Partial<Mute>;
  readonly quiet?: readonly string[];
}

function decisions(
  found: readonly (ChangeKind | Change)[],
  subscriptions: readonly Subscription[],
  { roots = [], mute, quiet = [] }: Situation = {},
): readonly NotificationDecision[] {
  const changes = found.map((one): Change => (typeof one === 'string' ? { kind: one, at: NOON } : one));
  const mutes = new Map(mute ? [['C1', { until: NOON + HOUR, by: 'U1', at: NOON - HOUR, ...mute }]] : []);
  const standing = { roots: new Set(roots), mutes, quiet: new Set(quiet) };
  return decideNotifications(aTask(), changes, subscriptions, standing, NOON);
}

/** As `C1 failed: reply+broadcast held muted, muted`. */
function decide(...situation: Parameters<typeof decisions>): readonly string[] {
  return decisions(...situation).map(({ channel, change, tell, broadcast, hold, reason }) => {
    const how = `${tell}${broadcast ? '+broadcast' : ''}${hold ? ` held ${hold.because}` : ''}`;
    return `${channel} ${change.kind}: ${how}, ${reason}`;
  });
}

const subscription = (filter: string, kinds: readonly ChangeKind[] = DEFAULT_KINDS, channel = 'C1') =>
  aSubscription({ filter, kinds, channel });

describe('a channel that has heard nothing of the task', () => {
  test('gets a root for the first change it wants', () => {
    expect(decide(['failed'], [subscription('')])).toEqual(['C1 failed: root, first-notification']);
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
      'C1 created: nothing, told-with-the-first-notification',
      'C1 started: nothing, told-with-the-first-notification',
      'C1 failing: root, first-notification',
    ]);
  });

  test('gets no root for progress alone, even with on:all', () => {
    expect(decide(['progress'], [subscription('', CHANGE_KINDS)])).toEqual([
      'C1 progress: nothing, progress-edits-the-root',
    ]);
    expect(decide(['progress', 'failing'], [subscription('', CHANGE_KINDS)])).toEqual([
      'C1 progress: nothing, told-with-the-first-notification',
      'C1 failing: root, first-notification',
    ]);
  });
});

describe('a channel that has a root of the task', () => {
  const roots = ['C1'];

  test.each(POSTED_KINDS.filter((kind) => kind !== 'progress'))(
    'gets every change as a reply, whatever it asked for: %s',
    (kind) => {
      expect(decide([kind], [subscription('', ['vanished'])], { roots })).toEqual([
        `C1 ${kind}: reply, has-a-thread`,
      ]);
    },
  );

  test('sees progress only as an edit', () => {
    expect(decide(['progress'], [subscription('', CHANGE_KINDS)], { roots })).toEqual([
      'C1 progress: edit, progress-edits-the-root',
    ]);
  });

  test.each(['failed', 'failing', 'stalled'] as const)(
    'sees %s in the channel as well, where it asked for it',
    (kind) => {
      expect(decide([kind], [subscription('')], { roots })).toEqual([
        `C1 ${kind}: reply+broadcast, has-a-thread`,
      ]);
      expect(decide([kind], [subscription('', ['created'])], { roots })).toEqual([
        `C1 ${kind}: reply, has-a-thread`,
      ]);
      expect(decide([kind], [subscription('sw')], { roots })).toEqual([`C1 ${kind}: reply, has-a-thread`]);
    },
  );

  test.each(['failed', 'succeeded', 'stopped'] as const)(
    'is told of an end that nobody knows the meaning of where it hears of %s',
    (kind) => {
      expect(decide(['ended'], [subscription('', [kind])], { roots })).toEqual([
        'C1 ended: reply+broadcast, has-a-thread',
      ]);
      expect(decide(['ended'], [subscription('', [kind])])).toEqual(['C1 ended: root, first-notification']);
      expect(decide(['ended'], [subscription('', ['stalled'])])).toEqual([
        'C1 ended: nothing, kind-not-wanted',
      ]);
    },
  );

  test.each(POSTED_KINDS.filter((kind) => kind !== 'ended' && !DEFAULT_KINDS.includes(kind)))(
    '%s is never shown in the channel as well',
    (kind) => {
      expect(decide([kind], [subscription('', CHANGE_KINDS)], { roots }).join()).not.toContain('broadcast');
    },
  );

  test('hears of the end of a stall that it heard of, and of no other', () => {
    const resumed: Change = { kind: 'resumed', at: NOON, rule: `stalled:${HOUR}` };
    const byOwn = aSubscription({ thresholds: { stalledAfter: HOUR } });
    expect(decide([resumed], [byOwn], { roots })).toEqual(['C1 resumed: reply, has-a-thread']);
    expect(decide([resumed], [subscription('')], { roots })).toEqual([
      'C1 resumed: edit, thresholds-of-others',
    ]);
    expect(decide(['resumed'], [byOwn], { roots })).toEqual(['C1 resumed: edit, thresholds-of-others']);
    expect(decide(['resumed'], [subscription('', CHANGE_KINDS)])).toEqual([
      'C1 resumed: nothing, kind-not-wanted',
    ]);
  });

  test('goes on hearing of it after it unsubscribed: the root shows the present state', () => {
    expect(decide(['failed'], [], { roots })).toEqual(['C1 failed: reply, has-a-thread']);
  });
});

describe('several subscriptions', () => {
  test('of one channel add up, and tell once', () => {
    const both = [subscription('fw', ['failing']), subscription('running', ['stalled'])];
    expect(decide(['failing', 'stalled'], both)).toEqual([
      'C1 failing: nothing, told-with-the-first-notification',
      'C1 stalled: root, first-notification',
    ]);
  });

  test('count only where their own filter matches', () => {
    const both = [subscription('sw', ['failing']), subscription('fw', ['stalled'])];
    expect(decide(['failing'], both)).toEqual(['C1 failing: nothing, kind-not-wanted']);
  });

  test('of several channels are decided each on its own', () => {
    const two = [subscription('', DEFAULT_KINDS, 'C1'), subscription('', ['created'], 'C2')];
    expect(decide(['failed'], two, { roots: ['C2', 'C3'] })).toEqual([
      'C1 failed: root, first-notification',
      'C2 failed: reply, has-a-thread',
      'C3 failed: reply, has-a-thread',
    ]);
  });
});

describe('whom a notification calls', () => {
  const three = [
    aSubscription({ mentions: [OPS] }),
    aSubscription({ filter: 'fw', kinds: ['failed'], mentions: [ANA, OPS] }),
    aSubscription({ filter: 'sw', mentions: [HERE] }),
  ];

  test('those of every subscription that wants it, each once', () => {
    expect(decisions(['failed'], three).map(({ mentions }) => mentions)).toEqual([[OPS, ANA]]);
    expect(decisions(['failing'], three).map(({ mentions }) => mentions)).toEqual([[OPS]]);
  });

  test('a root that tells several changes calls those of all of them', () => {
    const two = [
      aSubscription({ kinds: ['created'], mentions: [ANA] }),
      aSubscription({ kinds: ['failed'], mentions: [OPS] }),
    ];
    const [created, failed] = decisions(['created', 'failed'], two);
    expect([created?.mentions, failed?.mentions]).toEqual([[], [ANA, OPS]]);
  });

  test('in a thread only what the channel sees as well calls anybody', () => {
    const told = decisions(['recovered', 'failed'], three, { roots: ['C1'] });
    expect(told.map(({ mentions }) => mentions)).toEqual([[], [OPS, ANA]]);
  });
});

describe('an alarm by thresholds of their own', () => {
  const bySettings = aSubscription();
  const byOwn = aSubscription({ filter: 'fw', thresholds: { failingPercent: 20 }, mentions: [OPS] });
  const own: Change = { kind: 'failing', at: NOON, rule: 'failing:20/' };

  test('is told where a subscription goes by it, and nowhere else', () => {
    const elsewhere = { ...bySettings, channel: 'C2' };
    expect(decide([own], [byOwn, elsewhere])).toEqual([
      'C1 failing: root, first-notification',
      'C2 failing: nothing, thresholds-of-others',
    ]);
    expect(decide([own], [byOwn, elsewhere], { roots: ['C1', 'C2', 'C3'] })).toEqual([
      'C1 failing: reply+broadcast, has-a-thread',
      'C2 failing: edit, thresholds-of-others',
      'C3 failing: edit, thresholds-of-others',
    ]);
  });

  test('takes the place of that of the settings', () => {
    expect(decide(['failing'], [byOwn])).toEqual(['C1 failing: nothing, thresholds-of-others']);
    expect(decide(['failing'], [byOwn], { roots: ['C1'] })).toEqual([
      'C1 failing: edit, thresholds-of-others',
    ]);
    expect(decide(['stalled'], [byOwn], { roots: ['C1'] })).toEqual([
      'C1 stalled: reply+broadcast, has-a-thread',
    ]);
  });

  test('stands beside that of the settings where one channel goes by both', () => {
    const both = [bySettings, byOwn];
    expect(decide(['failing'], both, { roots: ['C1'] })).toEqual([
      'C1 failing: reply+broadcast, has-a-thread',
    ]);
    expect(decide([own], both, { roots: ['C1'] })).toEqual(['C1 failing: reply+broadcast, has-a-thread']);
  });

  test('found together with that of the settings is one reply, which calls everybody concerned', () => {
    const both = [{ ...bySettings, mentions: [ANA] }, byOwn];
    expect(decide(['failing', own], both, { roots: ['C1'] })).toEqual([
      'C1 failing: reply+broadcast, has-a-thread',
      'C1 failing: edit, told-with-the-first-notification',
    ]);
    expect(decisions(['failing', own], both, { roots: ['C1'] })[0]?.mentions).toEqual([ANA, OPS]);
    expect(decide(['failing', own], both)).toEqual([
      'C1 failing: nothing, told-with-the-first-notification',
      'C1 failing: root, first-notification',
    ]);
  });

  test('counts only where the filter of its subscription lets the task through', () => {
    const other = aSubscription({ filter: 'sw', thresholds: { failingPercent: 20 } });
    expect(decide([own], [bySettings, other], { roots: ['C1'] })).toEqual([
      'C1 failing: edit, thresholds-of-others',
    ]);
  });
});

describe('a muted task', () => {
  const roots = ['C1'];

  test('for an hour: every reply is held, and its message goes on being edited', () => {
    expect(decide(['progress', 'recovered', 'failed'], [subscription('')], { roots, mute: {} })).toEqual([
      'C1 progress: edit, progress-edits-the-root',
      'C1 recovered: reply held muted, muted',
      'C1 failed: reply+broadcast held muted, muted',
    ]);
    expect(decisions(['failed'], [subscription('')], { roots, mute: {} })[0]?.hold).toEqual({
      because: 'muted',
      until: NOON + HOUR,
    });
  });

  test('whose mute is just over is told of again', () => {
    expect(decide(['failed'], [subscription('')], { roots, mute: { until: NOON } })).toEqual([
      'C1 failed: reply+broadcast, has-a-thread',
    ]);
  });

  test.each(['failed', 'succeeded', 'stopped', 'vanished'] as const)(
    'until it ends: what happens on the way is swallowed, and its end is told: %s',
    (kind) => {
      const told = decide(['stalled', kind], [subscription('', [])], { roots, mute: { until: null } });
      expect(told).toEqual(['C1 stalled: edit, muted', `C1 ${kind}: reply, mute-ended`]);
    },
  );

  test('until it ends: what is found after its end is told as well', () => {
    const mute = { until: null };
    expect(decide(['failed', 'recovered', 'failing'], [subscription('')], { roots, mute })).toEqual([
      'C1 failed: reply+broadcast, mute-ended',
      'C1 recovered: reply, has-a-thread',
      'C1 failing: reply+broadcast, has-a-thread',
    ]);
  });

  test('is muted in one channel only', () => {
    const two = [subscription(''), subscription('', DEFAULT_KINDS, 'C2')];
    expect(decide(['failed'], two, { roots: ['C1', 'C2'], mute: {} })).toEqual([
      'C1 failed: reply+broadcast held muted, muted',
      'C2 failed: reply+broadcast, has-a-thread',
    ]);
  });
});

describe('quiet hours', () => {
  const quiet = ['C1'];

  test('hold roots and replies, and whom they call; edits go on', () => {
    const wish = [aSubscription({ mentions: [HERE] })];
    expect(decide(['failed'], wish, { quiet })).toEqual(['C1 failed: root held quiet, quiet-hours']);
    expect(decide(['progress', 'failed', 'recovered'], wish, { quiet, roots: ['C1'] })).toEqual([
      'C1 progress: edit, progress-edits-the-root',
      'C1 failed: reply+broadcast held quiet, quiet-hours',
      'C1 recovered: reply held quiet, quiet-hours',
    ]);
    expect(decisions(['failed'], wish, { quiet })[0]?.mentions).toEqual([HERE]);
  });

  test('say nothing of what would not have been told anyway', () => {
    expect(decide(['created'], [subscription('')], { quiet })).toEqual([
      'C1 created: nothing, kind-not-wanted',
    ]);
  });

  test('of one channel are no other channel’s', () => {
    const two = [subscription(''), subscription('', DEFAULT_KINDS, 'C2')];
    expect(decide(['failed'], two, { quiet })).toEqual([
      'C1 failed: root held quiet, quiet-hours',
      'C2 failed: root, first-notification',
    ]);
  });

  test('do not cut a mute short, and hold the end of one that lasts until the task ends', () => {
    const roots = ['C1'];
    expect(decide(['failed'], [subscription('')], { quiet, roots, mute: {} })).toEqual([
      'C1 failed: reply+broadcast held muted, muted',
    ]);
    expect(decide(['failed'], [subscription('')], { quiet, roots, mute: { until: null } })).toEqual([
      'C1 failed: reply+broadcast held quiet, quiet-hours',
    ]);
  });
});
