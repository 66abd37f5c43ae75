import { describe, expect, test } from '@jest/globals';
import { USUAL_DEVICES, USUAL_PERCENTS } from '../../../src/core/change/alarms/alarm-snapshots.ts';
import { ownRules } from '../../../src/core/change/alarms/own-rules.ts';
import { replayAlarms } from '../../../src/core/change/alarms/replay-alarms.ts';
import { thinSnapshots } from '../../../src/core/change/thin-snapshots.ts';
import type { SnapshotOfTask } from '../../../src/core/question/detail-answer.ts';
import type { OwnThresholds } from '../../../src/core/subscription/subscription.ts';
import type { Instant } from '../../../src/lib/instant.ts';
import fc from '../../properties.ts';
import { courses, historyOf, thinnedAsItGrew } from '../histories.ts';
import { DAY, HOUR, MINUTE, NOON } from '../tasks.ts';
import { THRESHOLDS } from '../watching.ts';

const MOST = 128;
const LONG = 180;

const history = courses({ most: 900 }).map(historyOf);
/** A history and some moments of it, at which something is reported. */
const reportedHistory = history.chain((whole) => {
  const last = (whole.at(-1)?.at ?? NOON) - NOON;
  const moments = fc.array(fc.integer({ min: 0, max: last }), { maxLength: 40 });
  return fc.record({
    whole: fc.constant(whole),
    reported: moments.map((all) => all.map((after) => NOON + after)),
  });
});
const PLAYS = { numRuns: 40 };

/** Thinned at once, and thinned again and again as it grew. */
function bothWays(whole: readonly SnapshotOfTask[], reported: readonly Instant[] = [], most = MOST) {
  return [
    thinSnapshots(whole, { reported, most }),
    thinSnapshots(thinnedAsItGrew(whole, { reported, most: MOST, long: LONG }), { reported, most }),
  ];
}

describe('a history of many moves', () => {
  test('keeps no more snapshots than it may, and a short one all of them', () => {
    fc.assert(
      fc.property(reportedHistory, fc.constantFrom(8, 40, MOST), ({ whole, reported }, most) => {
        for (const kept of bothWays(whole, reported, most)) expect(kept.length).toBeLessThanOrEqual(most);
        const short = whole.slice(0, most);
        expect(thinSnapshots(short, { reported, most })).toEqual(short);
      }),
      PLAYS,
    );
  });

  test('keeps them in order, as they were, with the first, the last and the newest ones', () => {
    fc.assert(
      fc.property(reportedHistory, ({ whole, reported }) => {
        for (const kept of bothWays(whole, reported)) {
          expect(kept).toEqual(whole.filter((snapshot) => kept.includes(snapshot)));
          expect(kept[0]).toBe(whole[0]);
          expect(kept.slice(1 - MOST / 4)).toEqual(whole.slice(1 - MOST / 4));
        }
      }),
      PLAYS,
    );
  });

  test('keeps how the task stood whenever something was reported, and every move of its status', () => {
    fc.assert(
      fc.property(reportedHistory, ({ whole, reported }) => {
        const stood = reported.map((moment) => whole.findLast(({ at }) => at <= moment));
        const moved = whole.filter(({ status }, index) => status !== whole[index - 1]?.status);
        for (const kept of bothWays(whole, reported))
          expect(kept).toEqual(expect.arrayContaining([...stood, ...moved]));
      }),
      PLAYS,
    );
  });

  test('keeps the latest of what was reported where that alone is too much', () => {
    const whole = historyOf({ moves: 1_000, stalls: [], failing: [0], failures: [] });
    const reported = whole.map(({ at }) => at);
    const kept = thinSnapshots(whole, { reported, most: MOST });
    expect(kept.slice(-(MOST * 3) / 4 + 1)).toEqual(whole.slice(-(MOST * 3) / 4 + 1));
    expect(lagOf(kept, whole)).toBeLessThanOrEqual(spanOf(whole) / 8);
  });

  test('shows every move soon after, however often it was thinned', () => {
    fc.assert(
      fc.property(history, (whole) => {
        for (const kept of bothWays(whole))
          expect(lagOf(kept, whole)).toBeLessThanOrEqual(spanOf(whole) / 32);
      }),
      PLAYS,
    );
  });

  test('goes on to do so over a month of moves every minute', () => {
    const whole = historyOf({ moves: 43_200, stalls: [], failing: [20], failures: [20_000] });
    const kept = thinnedAsItGrew(whole, { reported: [], most: MOST, long: LONG });
    expect(kept.length).toBeLessThanOrEqual(LONG);
    expect(spanOf(whole)).toBeGreaterThan(29 * DAY);
    expect(lagOf(kept, whole)).toBeLessThanOrEqual(spanOf(whole) / 32);
  });

  test('still shows each alarm that usual thresholds would have raised in the last days, at its time', () => {
    const stalls = [30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR].map((stalledAfter) => ({ stalledAfter }));
    const failing = USUAL_DEVICES.flatMap((failingMinDevices) =>
      USUAL_PERCENTS.map((failingPercent) => ({ failingPercent, failingMinDevices })),
    );
    fc.assert(
      fc.property(
        reportedHistory,
        fc.shuffledSubarray([...stalls, ...failing], { minLength: 5, maxLength: 5 }),
        ({ whole, reported }, some) => {
          const kept = bothWays(whole, reported);
          for (const thresholds of some) {
            const told = replayed(thresholds, whole);
            expect(kept.map((snapshots) => replayed(thresholds, snapshots))).toEqual([told, told]);
          }
        },
      ),
      PLAYS,
    );
  });

  test('shows that an unusual share was passed for some minutes in days', () => {
    const failing = [200, 290, ...Array.from({ length: 90 }, () => 0)];
    const whole = historyOf({ moves: 8_640, stalls: [], failing, failures: [] });
    const [told] = replayed({ failingPercent: 24.4 }, whole);
    for (const kept of bothWays(whole).map((snapshots) => replayed({ failingPercent: 24.4 }, snapshots))) {
      expect(kept).toEqual([['failing', expect.any(Number)]]);
      expect(Math.abs((kept[0]?.[1] ?? 0) - (told?.[1] ?? 0))).toBeLessThan(HOUR);
    }
  });

  test('shows that an unusual share was passed, be it later', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 900 }), (whole, tenths) => {
        const thresholds = { failingPercent: tenths / 10, failingMinDevices: 20 };
        const told = replayed(thresholds, whole);
        for (const kept of bothWays(whole).map((snapshots) => replayed(thresholds, snapshots))) {
          expect(kept.map(([kind]) => kind)).toEqual(told.map(([kind]) => kind));
          for (const [index, [, at]] of kept.entries())
            expect(at).toBeGreaterThanOrEqual(told[index]?.[1] ?? 0);
        }
      }),
      PLAYS,
    );
  });
});

/** After how long at the most what was kept shows a move of the whole history, or a later one. */
function lagOf(kept: readonly SnapshotOfTask[], whole: readonly SnapshotOfTask[]): number {
  let [lag, next] = [0, 0];
  for (const { at } of whole) {
    while ((kept[next]?.at ?? Number.POSITIVE_INFINITY) < at) next += 1;
    lag = Math.max(lag, (kept[next]?.at ?? Number.POSITIVE_INFINITY) - at);
  }
  return lag;
}

function spanOf(whole: readonly SnapshotOfTask[]): number {
  return (whole.at(-1)?.at ?? 0) - (whole[0]?.at ?? 0);
}

function replayed(thresholds: OwnThresholds, snapshots: readonly SnapshotOfTask[]) {
  const span = { from: NOON - HOUR, to: (snapshots.at(-1)?.at ?? NOON) + 9 * HOUR };
  const rules = ownRules([{ thresholds }], THRESHOLDS);
  const task = { operationId: 'op-1', createTime: NOON };
  const found = replayAlarms(task, snapshots, { rules, thresholds: THRESHOLDS, ...span });
  return found.map(({ change, noticedAt }) => [change.kind, noticedAt] as const);
}
