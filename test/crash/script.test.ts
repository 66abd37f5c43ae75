import { describe, expect, test } from '@jest/globals';
import { Fleet } from '../../src/sandbox/platform/fleet.ts';
import { createSimulatedClock, documentedBehaviour } from '../../src/sandbox/platform/index.ts';
import { seededRandom } from '../../src/sandbox/platform/random.ts';
import { applyMoves } from './apply-moves.ts';
import { makeScript } from './make-script.ts';
import { makeTrouble } from './make-trouble.ts';
import { POINTS } from './points.ts';

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

  test('moves each task at most once in a step, and always something', () => {
    for (const { moves } of SEEDS.flatMap((seed) => makeScript(seed).steps)) {
      expect(moves.length).toBeGreaterThan(0);
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

  test('jumps nowhere near a threshold: minutes lost by a restart must decide nothing', () => {
    for (const { steps } of SEEDS.map((seed) => makeScript(seed))) {
      const downtimes = steps.filter(({ jump }) => jump > HOUR / 60 && jump < HOUR);
      expect(downtimes.reduce((sum, { jump }) => sum + jump, 0)).toBeLessThan(2 * HOUR);
      for (const { jump } of steps) {
        expect(jump < HOUR / 60 || jump > HOUR / 6).toBe(true);
        expect(jump < HOUR || jump > 7 * HOUR - 1).toBe(true);
      }
    }
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
