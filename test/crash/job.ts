import type { Difference } from './compare.ts';
import type { Verdict } from './judge.ts';
import type { ClusterFigures, Hit } from './played.ts';
import type { Sabotage } from './sabotage.ts';

/** With bots in the test's own process, as processes of their own one at a time, or four at a time on one PostgreSQL. */
export type Way = 'here' | 'process' | 'cluster';

/** One run, as it is given to a worker. */
export interface Job {
  readonly way: Way;
  readonly seed: number;
  readonly sabotage: Sabotage | null;
}

/** What came of it. */
export interface Result extends Omit<Verdict, 'differences'> {
  readonly job: Job;
  readonly differences: readonly Difference[];
  /** Why the run could not be brought to its end; null when it was. */
  readonly error: string | null;
  readonly hits: readonly Hit[];
  /** What went wrong beside what stands in Slack. */
  readonly problems: readonly string[];
  readonly cluster: ClusterFigures | null;
  readonly processesKilled: number;
  readonly log: readonly string[];
}

export function failed({
  differences,
  problems,
  error,
}: Pick<Result, 'differences' | 'problems' | 'error'>): boolean {
  return differences.length > 0 || problems.length > 0 || error !== null;
}

/** The result of a run that could not be brought to its end. */
export function unplayed(job: Job, error: string): Result {
  const nothing = { notifications: 0, threads: 0, threadsKept: 0, hits: [], processesKilled: 0, log: [] };
  return { job, ...nothing, differences: [], problems: [], cluster: null, error };
}
