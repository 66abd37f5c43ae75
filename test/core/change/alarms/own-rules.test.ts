import { describe, expect, test } from '@jest/globals';
import {
  alarmsFor,
  concerning,
  followsRule,
  ownRules,
  ruleKey,
} from '../../../../src/core/change/alarms/own-rules.ts';
import { raiseAlarms } from '../../../../src/core/change/alarms/raise-alarms.ts';
import { type Change, compareSnapshots, firstSnapshot } from '../../../../src/core/change/changes.ts';
import type { OwnThresholds } from '../../../../src/core/subscription/subscription.ts';
import type { Task } from '../../../../src/core/task/task.ts';
import { NO_ALARMS } from '../../../../src/core/task/watched-task.ts';
import { aSubscription } from '../../subscriptions.ts';
import { aTask, HOUR, NOON } from '../../tasks.ts';
import { THRESHOLDS } from '../../watching.ts';

const going = (thresholds: OwnThresholds) => aSubscription({ thresholds });

describe('the rule a subscription goes by', () => {
  test('is that of the settings where it says nothing of its own', () => {
    for (const kind of ['failing', 'stalled', 'failed', 'overdue'] as const)
      expect(ruleKey({}, kind)).toBeNull();
    expect(ruleKey({ stalledAfter: HOUR }, 'failing')).toBeNull();
    expect(ruleKey({ failingPercent: 3 }, 'stalled')).toBeNull();
    expect(ruleKey({ failingPercent: 3, stalledAfter: HOUR }, 'failed')).toBeNull();
  });

  test('is its own for what it sets, and one with whoever sets the same', () => {
    expect(ruleKey({ failingPercent: 3 }, 'failing')).toBe(
      ruleKey({ failingPercent: 3, stalledAfter: 1 }, 'failing'),
    );
    const different = [
      { failingPercent: 3 },
      { failingMinDevices: 3 },
      { failingPercent: 3, failingMinDevices: 3 },
    ];
    expect(new Set(different.map((one) => ruleKey(one, 'failing'))).size).toBe(3);
  });

  test('takes from the settings what it does not say itself', () => {
    const rules = ownRules(
      [going({ failingPercent: 3 }), going({ failingMinDevices: 50 }), going({})],
      THRESHOLDS,
    );
    expect(rules.map(({ kind, thresholds }) => [kind, thresholds])).toEqual([
      ['failing', { ...THRESHOLDS, failingPercent: 3 }],
      ['failing', { ...THRESHOLDS, failingMinDevices: 50 }],
    ]);
  });

  test('stands once for all who go by it', () => {
    const all = [going({ stalledAfter: HOUR }), going({ stalledAfter: HOUR, failingPercent: 1 })];
    expect(ownRules(all, THRESHOLDS).map(({ key }) => key)).toEqual([`stalled:${HOUR}`, 'failing:1/']);
  });

  test('hears its own alarm and every other change, and not the alarms of others', () => {
    const own: Change = { kind: 'failing', at: NOON, rule: 'failing:3/' };
    const settings: Change = { kind: 'failing', at: NOON };
    const failed: Change = { kind: 'failed', at: NOON };
    const heard = (thresholds: OwnThresholds) =>
      [own, settings, failed].map((one) => followsRule({ thresholds }, one));
    expect(heard({ failingPercent: 3 })).toEqual([true, false, true]);
    expect(heard({ failingPercent: 4 })).toEqual([false, false, true]);
    expect(heard({})).toEqual([false, true, true]);
  });
});

describe('an alarm by thresholds of a subscription’s own', () => {
  const rules = ownRules([going({ failingPercent: 20 }), going({ stalledAfter: HOUR })], THRESHOLDS);
  const failing = (fail: number) => aTask({ tally: { running: 50, succeeded: 50 - fail, failed: fail } });

  /** The alarms of one look after another, as `failing` by the settings and `failing*` by thresholds of their own. */
  function looks(
    ...snapshots: readonly (readonly [afterHours: number, task: Task])[]
  ): readonly (readonly string[])[] {
    let now = NOON;
    let { watched } = firstSnapshot(aTask(), true, { now, thresholds: THRESHOLDS, ownRules: rules });
    return snapshots.map(([hours, task]) => {
      now += hours * HOUR;
      const comparison = compareSnapshots(watched, task, { now, thresholds: THRESHOLDS, ownRules: rules });
      watched = comparison.watched;
      return comparison.changes
        .filter(({ kind }) => kind !== 'progress')
        .map(({ kind, rule }) => `${kind}${rule === undefined ? '' : '*'}`);
    });
  }

  test('is raised once in a run, beside that of the settings', () => {
    expect(looks([0.1, failing(5)], [0.1, failing(10)], [0.1, failing(11)], [0.1, failing(12)])).toEqual([
      ['failing'],
      [],
      ['failing*'],
      [],
    ]);
  });

  test('is raised together with that of the settings when both are passed at once', () => {
    expect(looks([0.1, failing(30)])).toEqual([['failing', 'failing*']]);
  });

  test('is raised again in the next run', () => {
    const failed = aTask({ status: 'failed', tally: { succeeded: 20, failed: 30 } });
    expect(looks([0.1, failing(30)], [0.1, failed], [0.1, failing(30)])).toEqual([
      ['failing', 'failing*'],
      ['failed'],
      ['recovered', 'failing', 'failing*'],
    ]);
  });

  test('of a stall is raised anew after the task moved', () => {
    const [still, moved] = [failing(0), failing(1)];
    expect(looks([0.1, still], [1, still], [1, still], [0.1, moved], [1, moved], [6, moved])).toEqual([
      ...[[], ['stalled*'], []],
      ...[['resumed*'], ['stalled*'], ['stalled']],
    ]);
  });

  test('says nothing of what stood when the task was met for the first time', () => {
    const { watched, changes } = firstSnapshot(failing(30), false, {
      ...{ now: NOON, thresholds: THRESHOLDS, ownRules: rules },
    });
    expect(changes).toEqual([]);
    expect(watched.alarms.own).toEqual(['failing:20/']);
    expect(raiseAlarms(watched, { now: NOON, thresholds: THRESHOLDS, ownRules: rules }).changes).toEqual([]);
  });
});

describe('the alarms as a channel sees them', () => {
  const bySettings = { ...NO_ALARMS, failing: true };
  const byOwn = { ...NO_ALARMS, own: ['failing:20/', `stalled:${HOUR}`] };

  test.each([
    ['without subscriptions, those of the settings', [], true, false],
    ['with one that sets nothing, those of the settings', [{}], true, false],
    ['with thresholds of their own, by these alone', [{ failingPercent: 20 }], false, true],
    ['with others’ thresholds, none', [{ failingPercent: 30 }], false, false],
    ['with both, either', [{}, { failingPercent: 20 }], true, true],
  ])('%s', (_name, thresholds: readonly OwnThresholds[], settings, own) => {
    const wishes = thresholds.map(going);
    expect(alarmsFor(bySettings, wishes).failing).toBe(settings);
    expect(alarmsFor(byOwn, wishes).failing).toBe(own);
  });

  test('are told apart by kind', () => {
    const alarms = alarmsFor({ ...byOwn, failing: true }, [going({ stalledAfter: HOUR })]);
    expect(alarms).toMatchObject({ failing: true, stalled: true });
  });

  test('and so are those of the past', () => {
    const trouble = { at: NOON, failed: 7 };
    const past = [
      { ...trouble, kind: 'failing' as const },
      { ...trouble, kind: 'failing' as const, rule: 'failing:20/' },
      { ...trouble, kind: 'stalled' as const },
      { ...trouble, kind: 'failed' as const },
    ];
    const seen = (wishes: readonly OwnThresholds[]) =>
      alarmsFor({ ...NO_ALARMS, past }, wishes.map(going)).past.map(({ kind, rule }) => rule ?? kind);
    expect(seen([])).toEqual(['failing', 'stalled', 'failed']);
    expect(seen([{ failingPercent: 20 }])).toEqual(['failing:20/', 'stalled', 'failed']);
    expect(seen([{ stalledAfter: HOUR }])).toEqual(['failing', 'failed']);
  });

  test('leave what has no thresholds alone', () => {
    const overdue = { ...NO_ALARMS, overdue: 'past-end' as const };
    expect(alarmsFor(overdue, [going({ failingPercent: 20 })]).overdue).toBe('past-end');
  });

  test('are those of the subscriptions that let the task through', () => {
    const all = [aSubscription({ id: 'fw', filter: 'fw' }), aSubscription({ id: 'sw', filter: 'sw' })];
    expect(concerning(aTask(), all, NOON).map(({ id }) => id)).toEqual(['fw']);
  });
});
