import { describe, expect, test } from '@jest/globals';
import { Fleet } from '../../sandbox/platform/fleet/fleet.ts';
import { seededRandom } from '../../sandbox/platform/fleet/random.ts';
import { createSimulatedClock, documentedBehaviour } from '../../sandbox/platform/index.ts';
import { applyMoves } from './apply-moves.ts';
import { makeScript } from './make-script.ts';
import { makeTrouble } from './make-trouble.ts';
import { POINTS } from './points.ts';
import { TIMES } from './script.ts';

const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1);
const HOUR = 3_600_000;

describe('a script', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(makeScript(7)).toEqual(makeScript(7));
    expect(new Set(SEEDS.map((seed) => JSON.stringify(makeScript(seed).steps))).size).toBe(SEEDS.length);
  });

  test('can be played: no move is one its task cannot make', () => {
    for (const seed of SEEDS) {
      const clock = createSimulatedClock();
      const fleet = new Fleet({ clock, behaviour: documentedBehaviour(), random: seededRandom(seed) });
      const { before, steps } = makeScript(seed);
      applyMoves(fleet, before);
      for (const { jump, moves } of steps) {
        clock.advance(jump);
        applyMoves(fleet, moves);
        for (const { tally } of fleet.tasks()) {
          const { total, ...parts } = tally;
          expect(Object.values(parts).reduce((sum, number) => sum + number, 0)).toBe(total);
        }
      }
    }
  });

  test('moves each task at most once in a step', () => {
    for (const { moves } of SEEDS.flatMap((seed) => makeScript(seed).steps)) {
      expect(new Set(moves.map(({ id }) => id)).size).toBe(moves.length);
    }
  });

  test('lets everything happen that a bot has to tell', () => {
    const steps = SEEDS.flatMap((seed) => makeScript(seed).steps);
    const kinds = new Set(steps.flatMap(({ moves }) => moves.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(['create', 'end', 'finish', 'recover', 'start', 'vanish']);
    expect(steps.some(({ moves }) => moves.length > 20)).toBe(true);
    expect(steps.some(({ jump }) => jump > 6 * HOUR)).toBe(true);
    expect(steps.some(({ jump }) => jump > HOUR / 6 && jump < HOUR)).toBe(true);
  });

  test('never comes near a moment at which time alone decides: minutes lost by a restart must not', () => {
    const { small, downtime, long, quietFrom, evening, quietUntil, morning, window } = TIMES;
    const margin = 10 * 60_000;
    for (const { steps } of SEEDS.map((seed) => makeScript(seed))) {
      let now = 0;
      for (const { jump, to } of steps) {
        expect(
          [small, downtime, long].some(({ from, to: most }) => jump === 0 || (jump >= from && jump <= most)),
        ).toBe(true);
        const before = now;
        now = Math.max(now + jump, to ?? 0);
        for (const moment of [quietFrom, quietUntil, window, TIMES.stalledAfter]) {
          expect(Math.abs(now - moment)).toBeGreaterThan(margin);
          // Once it is passed by a long jump it is passed for good.
          if (before > moment) expect(now).toBeGreaterThan(moment);
        }
      }
    }
    expect([quietFrom < evening, evening < quietUntil, quietUntil < morning, morning < window]).not.toContain(
      false,
    );
  });

  test('opens the channel that it closed and ends the night that it began', () => {
    const scripts = SEEDS.map((seed) => makeScript(seed).steps);
    for (const steps of scripts) {
      const wards = steps.flatMap(({ ward }) => ward ?? []);
      expect([[], ['closes', 'opens']]).toContainEqual(wards);
      const nights = steps.flatMap(({ to }) => to ?? []);
      expect([[], [TIMES.evening, TIMES.morning]]).toContainEqual(nights);
      for (const { moves, ward, to } of steps) {
        if (ward === 'opens' || to === TIMES.morning) expect(moves).toEqual([]);
      }
    }
    expect(scripts.some((steps) => steps.some(({ ward }) => ward === 'opens'))).toBe(true);
    expect(scripts.some((steps) => steps.some(({ to }) => to === TIMES.morning))).toBe(true);
  });
});

describe('the trouble of a run', () => {
  test('is the same for the same seed', () => {
    expect(makeTrouble(7, 5)).toEqual(makeTrouble(7, 5));
  });

  test('kills at every point, and always at least twice', () => {
    const troubles = SEEDS.map((seed) => makeTrouble(seed, 5));
    expect(new Set(troubles.flatMap(({ kills }) => kills.map(({ point }) => point)))).toEqual(
      new Set(POINTS),
    );
    for (const { kills } of troubles) expect(kills.length).toBeGreaterThanOrEqual(2);
  });

  test('stays within the steps of the script', () => {
    for (const { kills, mishaps, restarts } of SEEDS.map((seed) => makeTrouble(seed, 4))) {
      for (const step of [...[...kills, ...mishaps].map((one) => one.step), ...restarts]) {
        expect(step).toBeGreaterThanOrEqual(0);
        expect(step).toBeLessThanOrEqual(4);
      }
    }
  });
});
