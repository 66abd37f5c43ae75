import type { DifferenceKind } from './compare.ts';
import type { Job, Result } from './job.ts';
import { SABOTAGES, type Sabotage } from './sabotage.ts';
import { playAll } from './workers.ts';

/** What has to be found under each sabotage. */
const FOUND: Readonly<Record<Sabotage, DifferenceKind>> = {
  'loses-a-post': 'lost',
  'hides-metadata': 'repeated',
  'mistakes-a-thread': 'misplaced',
};
/** Not every run comes upon every sabotage: one without a lost answer never asks the history. */
const TRIES = 8;

export interface Checked {
  readonly sabotage: Sabotage;
  readonly wanted: DifferenceKind;
  readonly found: boolean;
}

/** Breaks the world on purpose and sees whether the comparison finds it: a test that cannot fail proves nothing. */
export async function checkItself(seed: number, workers: number): Promise<readonly Checked[]> {
  const jobs = SABOTAGES.flatMap((sabotage) =>
    Array.from({ length: TRIES }, (_, index): Job => ({ way: 'here', seed: seed + index, sabotage })),
  );
  const results: Result[] = [];
  await playAll(jobs, workers, (result) => results.push(result));
  return SABOTAGES.map((sabotage) => {
    const wanted = FOUND[sabotage];
    const of = results.filter(({ job }) => job.sabotage === sabotage);
    const found = of.some(({ differences }) => differences.some(({ kind }) => kind === wanted));
    return { sabotage, wanted, found };
  });
}
