import { expect } from '@jest/globals';
import type { Bench } from './bench.ts';

/** The promise: what a cycle may cost, whatever the age of the fleet. */
function allowed(active: number, changed: number): number {
  return Math.floor((active + changed) / 100) + 8;
}

/** Runs cycles until so much was told, each within its allowance. */
export async function cyclesUntilTold(bench: Bench, wanted: readonly string[], limit: number, active = 0) {
  const told: string[] = [];
  const costs: number[] = [];
  while (told.length < wanted.length && costs.length < limit) {
    await bench.nextCycle();
    const calls = bench.callsMade();
    expect(calls).toBeLessThanOrEqual(allowed(active, wanted.length));
    costs.push(calls);
    told.push(...(await bench.told()));
  }
  expect(told.sort()).toEqual([...wanted].sort());
  return costs;
}
